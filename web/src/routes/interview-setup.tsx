import { Keyboard, Mic, Video } from 'lucide-react';
import { useState } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import { Gate } from '@/features/account/gate';
import { CameraPanel } from '@/features/device-check/camera-panel';
import { MicrophonePanel } from '@/features/device-check/microphone-panel';
import { useDeviceCheck } from '@/features/device-check/use-device-check';
import type { AnswerWay } from '@/features/live/answer-way';
import { RecordConsent } from '@/features/live/record-consent';
import { canRecord } from '@/features/live/recorder';
import { Button } from '@/ui/button';
import { Page } from '@/ui/page';
import { Panel } from '@/ui/panel';

export function Component() {
  return (
    <Gate door="ready">
      <Setup />
    </Gate>
  );
}

/** Tries camera and microphone, with or without an interview that waits. */
function Setup() {
  const check = useDeviceCheck();
  const navigate = useNavigate();
  const state: unknown = useLocation().state;
  const [parameters] = useSearchParams();
  const interview = parameters.get('interview');
  const [record, setRecord] = useState(false);
  const go = (by: AnswerWay['by']) => {
    const way: AnswerWay = { by, record: record && by !== 'writing' };
    const kept = typeof state === 'object' && state !== null ? state : {};
    const next = interview ? `/interview/${interview}` : '/interview/new';
    void navigate(next, { state: { ...kept, way } });
  };
  return (
    <Page
      title="Camera and microphone"
      lead="A minute now saves a surprise later. Your browser asks before each of them; you can say no and still sit the interview."
      width="reading"
    >
      <div className="space-y-6">
        <MicrophonePanel check={check} />
        <CameraPanel check={check} />
        <Panel aria-label="How to answer" className="space-y-4">
          <h2 className="text-xl font-semibold">How will you answer?</h2>
          <p className="text-muted">
            Whatever you choose, you can switch to writing and back at any question.
          </p>
          {canRecord() && <RecordConsent checked={record} onChange={setRecord} />}
          <div className="flex flex-wrap gap-3">
            <Button disabled={!check.microphone || !check.camera} onClick={() => go('camera')}>
              <Video aria-hidden className="size-4" />
              With camera and voice
            </Button>
            <Button
              look={check.microphone && !check.camera ? 'primary' : 'secondary'}
              disabled={!check.microphone}
              onClick={() => go('voice')}
            >
              <Mic aria-hidden className="size-4" />
              With my voice only
            </Button>
            <Button look="secondary" onClick={() => go('writing')}>
              <Keyboard aria-hidden className="size-4" />
              In writing
            </Button>
          </div>
        </Panel>
      </div>
    </Page>
  );
}
