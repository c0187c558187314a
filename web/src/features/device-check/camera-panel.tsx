import { Video } from 'lucide-react';
import { Button } from '@/ui/button';
import { FieldError } from '@/ui/field';
import { Panel, PanelHeading } from '@/ui/panel';
import { DeviceSelect } from './device-select';
import { pictureRows } from './picture-check';
import type { DeviceCheck } from './use-device-check';
import { VerdictRow } from './verdict-row';

export function CameraPanel({ check }: { check: DeviceCheck }) {
  const { camera, readings, problems } = check;
  return (
    <Panel aria-label="Camera">
      <PanelHeading hint="Two pictures a second are looked at on this machine and dropped: where your face is, where you look, how much light there is. Nobody is recognised, no mood is guessed.">
        Camera
      </PanelHeading>
      {!camera && (
        <Button onClick={check.startCamera}>
          <Video aria-hidden className="size-4" />
          Try my camera
        </Button>
      )}
      {problems.camera && (
        <div className="mt-3">
          <FieldError>{problems.camera}</FieldError>
        </div>
      )}
      {camera && (
        <div className="grid gap-5 sm:grid-cols-[minmax(0,18rem)_minmax(0,1fr)]">
          <video
            ref={check.video}
            muted
            playsInline
            aria-label="You, as the camera sees you"
            className="aspect-4/3 w-full -scale-x-100 rounded-xl bg-canvas object-cover"
          />
          <div className="space-y-4">
            <ul aria-live="polite" className="space-y-2">
              {pictureRows(readings).map((row) => (
                <VerdictRow key={row.what} tone={row.tone}>
                  <span className="font-medium">{row.what}:</span> {row.text}
                </VerdictRow>
              ))}
            </ul>
            <DeviceSelect check={check} kind="camera" />
          </div>
        </div>
      )}
    </Panel>
  );
}
