import { Mic } from 'lucide-react';
import { usePrivacyNotes } from '@/third-parties';
import { Button } from '@/ui/button';
import { FieldError } from '@/ui/field';
import { Panel, PanelHeading } from '@/ui/panel';
import { DeviceSelect } from './device-select';
import { RecordingTest } from './recording-test';
import { soundVerdict } from './sound-check';
import type { DeviceCheck } from './use-device-check';
import { VerdictRow } from './verdict-row';

export function MicrophonePanel({ check }: { check: DeviceCheck }) {
  const { microphone, camera, level, heard, problems } = check;
  const notes = usePrivacyNotes();
  const verdict = soundVerdict(heard);
  return (
    <Panel aria-label="Microphone">
      <PanelHeading hint={notes.voice}>Microphone</PanelHeading>
      {!microphone && (
        <Button onClick={check.startMicrophone}>
          <Mic aria-hidden className="size-4" />
          Try my microphone
        </Button>
      )}
      {problems.microphone && (
        <div className="mt-3">
          <FieldError>{problems.microphone}</FieldError>
        </div>
      )}
      {microphone && (
        <div className="space-y-4">
          {/* biome-ignore lint/a11y/useSemanticElements: a <meter> cannot be given our looks in every browser */}
          <div
            role="meter"
            aria-label="How loud you are"
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={Math.round(level * 100)}
            className="h-3 overflow-hidden rounded-full bg-line"
          >
            <div
              className="h-full rounded-full bg-good transition-[width] duration-100"
              style={{ width: `${Math.round(level * 100)}%` }}
            />
          </div>
          <ul aria-live="polite">
            <VerdictRow tone={verdict.tone}>{verdict.text}</VerdictRow>
          </ul>
          <DeviceSelect check={check} kind="microphone" />
          <RecordingTest microphone={microphone} camera={camera} />
        </div>
      )}
    </Panel>
  );
}
