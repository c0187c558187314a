import { Mic, Video } from 'lucide-react';
import { useState } from 'react';
import { usePrivacyNotes } from '@/third-parties';
import { Button } from '@/ui/button';
import { DeviceProblems } from './device-problems';
import { RecordConsent } from './record-consent';
import { canRecord } from './recorder';
import type { LiveSession } from './use-live-session';

/** Offers microphone and camera, and says what becomes of them before the browser asks. */
export function SwitchOn({
  session,
  isOn,
  record,
  onRecord,
  onOn,
}: {
  session: LiveSession;
  isOn: boolean;
  /** Whether the candidate agreed to be recorded, here or before. */
  record: boolean;
  onRecord: (record: boolean) => void;
  onOn: () => void;
}) {
  const notes = usePrivacyNotes();
  const [busy, setBusy] = useState(false);
  const begin = async (withCamera: boolean) => {
    setBusy(true);
    onOn();
    await session.start({ withCamera, record });
    setBusy(false);
  };
  if (isOn) {
    return (
      <Button look="secondary" size="small" onClick={onOn}>
        <Mic aria-hidden className="size-4" />
        Answer aloud again
      </Button>
    );
  }
  return (
    <section aria-label="Answer aloud" className="space-y-3 rounded-2xl bg-sunken p-4">
      <p className="text-sm text-muted">
        You can answer aloud. The browser will ask whether this page may use your microphone.{' '}
        {notes.voice} Pictures are looked at on this machine and dropped, unless you ask for a
        recording.
      </p>
      {canRecord() && <RecordConsent checked={record} onChange={onRecord} />}
      <div className="flex flex-wrap gap-2">
        <Button look="secondary" size="small" busy={busy} onClick={() => begin(true)}>
          <Video aria-hidden className="size-4" />
          Camera and microphone
        </Button>
        <Button look="secondary" size="small" busy={busy} onClick={() => begin(false)}>
          <Mic aria-hidden className="size-4" />
          Microphone only
        </Button>
      </div>
      <DeviceProblems problems={session.problems} />
    </section>
  );
}
