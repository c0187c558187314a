import { CircleDot, Lightbulb, Mic, MicOff, Video } from 'lucide-react';
import { useState } from 'react';
import { usePrivacyNotes } from '@/third-parties';
import { Button } from '@/ui/button';
import { classNames } from '@/ui/class-names';
import { DeviceProblems } from './device-problems';
import { hintsFor } from './hints';
import type { Standing } from './live-connection';
import type { TranscriptState } from './transcript-state';
import type { LiveSession } from './use-live-session';

/** Oneself as the interviewer would see one, how loud one is, and hints that can be hidden. */
export function SelfView({ session }: { session: LiveSession }) {
  const [hinting, setHinting] = useState(true);
  const { speech } = usePrivacyNotes();
  const { standing, problems } = session;
  const heard = standing?.state === 'listening' && !problems.microphone;
  const hints = hinting && heard ? hintsFor(session.transcript, session.readings) : [];
  const broken = problems.microphone !== null || problems.camera !== null;
  return (
    <section
      aria-label="Camera and microphone"
      className="flex flex-wrap items-start gap-4 rounded-2xl bg-sunken p-4"
    >
      {session.seen && (
        <video
          ref={session.video}
          muted
          playsInline
          aria-label="You, as the camera sees you"
          className="aspect-4/3 w-40 -scale-x-100 rounded-xl bg-canvas object-cover"
        />
      )}
      <div className="min-w-52 flex-1 space-y-2">
        <p className="flex items-center gap-2 text-sm" role="status">
          {heard ? (
            <Mic aria-hidden className="size-4 text-good" />
          ) : (
            <MicOff aria-hidden className="size-4 text-warn" />
          )}
          {problems.microphone
            ? 'Nothing is heard now.'
            : standingText(standing, speech, session.transcript)}
        </p>
        <div
          aria-hidden
          className="h-1.5 overflow-hidden rounded-full bg-line"
          title="How loud you are"
        >
          <div
            className={classNames('h-full rounded-full', heard ? 'bg-good' : 'bg-warn')}
            style={{ width: `${Math.round(session.level * 100)}%` }}
          />
        </div>
        {session.recording.state === 'recording' && (
          <p className="flex items-center gap-2 text-sm text-muted">
            <CircleDot aria-hidden className="size-4 text-bad" />
            Recording for you alone.
          </p>
        )}
        {session.recording.state === 'stopped' && (
          <p role="status" className="text-sm text-warn">
            {session.recording.reason}
          </p>
        )}
        <DeviceProblems problems={problems} />
        <ul aria-label="Hints" className="space-y-1 text-sm">
          {hints.map((hint) => (
            <li key={hint.text} className="flex gap-2 text-warn">
              {hint.about === 'pace' || hint.about === 'fillers' ? (
                <Lightbulb aria-hidden className="mt-0.5 size-4 shrink-0" />
              ) : (
                <Video aria-hidden className="mt-0.5 size-4 shrink-0" />
              )}
              {hint.text}
            </li>
          ))}
        </ul>
        <div className="flex flex-wrap gap-2">
          {(broken || standing?.state === 'ended') && (
            <Button look="secondary" size="small" onClick={session.again}>
              {standing?.state === 'ended' && standing.replaced ? 'Take over here' : 'Try again'}
            </Button>
          )}
          <Button look="quiet" size="small" onClick={() => setHinting(!hinting)}>
            {hinting ? 'Hide hints' : 'Show hints'}
          </Button>
          <Button look="quiet" size="small" onClick={session.stop}>
            Switch off
          </Button>
        </div>
      </div>
    </section>
  );
}

type Speech = string | null | undefined;

function standingText(
  standing: Standing | null,
  speech: Speech,
  { switched, trouble }: TranscriptState,
): string {
  switch (standing?.state) {
    case 'listening':
      return trouble ?? `Listening. ${listenerText(standing.engine, speech, switched)}`;
    case 'ended':
      return standing.replaced
        ? 'This interview goes on in another tab. Microphone, camera and recording are off here.'
        : standing.reason;
    case 'connecting':
      return 'Connecting. What you say is kept meanwhile.';
    case undefined:
      return 'Off';
  }
}

/** Who hears the voice now: engines of others are named after them, such as `deepgram/nova-3`. */
function listenerText(engine: string, speech: Speech, switched: boolean): string {
  if (speech === undefined) return '';
  const here = 'Your words are written down on this machine.';
  if (speech === null) return here;
  if (engine.startsWith(`${speech.toLowerCase()}/`)) return `${speech} writes your words down.`;
  return switched ? `${speech} does not answer. ${here}` : here;
}
