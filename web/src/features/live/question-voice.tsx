import { Volume2, VolumeX } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/ui/button';
import { canRead, readAloud, readsAloud, setReadsAloud } from './read-aloud';
import type { LiveSession } from './use-live-session';

/** Questions that this page has read aloud: after a pause the candidate knows the open one. */
const read = new Set<string>();

/** Reads each question aloud once, and again when asked; the microphone does not hear it. */
export function QuestionVoice({
  questionId,
  text,
  session,
}: {
  questionId: string;
  text: string;
  session: LiveSession;
}) {
  const [on, setOn] = useState(readsAloud);
  const [reading, setReading] = useState(false);
  const stop = useRef<() => void>(() => undefined);
  const { mute } = session;

  const say = () => {
    mute(true);
    setReading(true);
    stop.current = readAloud(text, () => {
      mute(false);
      setReading(false);
    });
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: a question is read once, whatever else changes
  useEffect(() => {
    if (!on || read.has(questionId)) return;
    read.add(questionId);
    say();
  }, [questionId, on]);
  useEffect(() => () => stop.current(), []);

  if (!canRead()) return null;
  const toggle = () => {
    if (on) stop.current();
    setReadsAloud(!on);
    setOn(!on);
  };
  return (
    <div className="flex flex-wrap gap-2">
      <Button look="quiet" size="small" disabled={reading} onClick={say}>
        <Volume2 aria-hidden className="size-4" />
        {reading ? 'Reading the question…' : 'Read the question again'}
      </Button>
      <Button look="quiet" size="small" onClick={toggle}>
        <VolumeX aria-hidden className="size-4" />
        {on ? 'Do not read aloud' : 'Read questions aloud'}
      </Button>
    </div>
  );
}
