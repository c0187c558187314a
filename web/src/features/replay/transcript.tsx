import { useEffect, useRef } from 'react';
import type { ReplayPanel_ReplayFragment } from '@/gql/graphql';
import { classNames } from '@/ui/class-names';
import { formatDuration } from '@/ui/format';
import { lineOf } from './line-of';

/** What was asked and said, word by word, in step with the replay. */
export function Transcript(props: {
  replay: ReplayPanel_ReplayFragment;
  atMs: number;
  /** Whether the current word is kept in sight. */
  following: boolean;
  onJump: (ms: number) => void;
}) {
  const { replay, atMs, following, onJump } = props;
  const current = useRef<HTMLButtonElement>(null);
  const box = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each moment may bring another word
  useEffect(() => {
    const [word, frame] = [current.current, box.current];
    if (!following || !word || !frame) return;
    const place = word.offsetTop - frame.offsetTop;
    if (place < frame.scrollTop || place > frame.scrollTop + frame.clientHeight - 40) {
      frame.scrollTop = place - frame.clientHeight / 3;
    }
  }, [atMs, following]);
  return (
    <section
      ref={box}
      aria-label="Transcript"
      className="max-h-72 space-y-3 overflow-y-auto rounded-xl bg-sunken p-4 leading-relaxed"
    >
      {lineOf(replay).map((line) =>
        line.kind === 'question' ? (
          <p key={`q${line.question.questionId}`} className="font-medium">
            <button
              type="button"
              className="text-left hover:text-accent"
              onClick={() => onJump(line.atMs)}
            >
              <span className="mr-2 text-xs text-muted tabular-nums">
                {formatDuration(line.atMs / 1000)}
              </span>
              {line.question.text}
            </button>
          </p>
        ) : (
          <p key={line.utterance.id}>
            {line.utterance.words.map((word) => {
              const now = atMs >= word.startMs && atMs < word.endMs + 150;
              return (
                <button
                  key={`${word.startMs}-${word.text}`}
                  ref={now ? current : undefined}
                  type="button"
                  aria-current={now ? 'true' : undefined}
                  onClick={() => onJump(word.startMs)}
                  className={classNames(
                    'mr-1 rounded-sm hover:bg-accent-soft',
                    word.filler &&
                      'text-faint italic underline decoration-warn decoration-dotted underline-offset-4',
                    now && 'bg-accent-strong text-on-accent',
                  )}
                >
                  {word.text}
                </button>
              );
            })}
          </p>
        ),
      )}
    </section>
  );
}
