import { Keyboard, Send } from 'lucide-react';
import { useState } from 'react';
import { useCommand } from '@/command';
import { graphql } from '@/gql/gql';
import { Button } from '@/ui/button';
import { FieldError } from '@/ui/field';
import { plural } from '@/ui/format';
import { RefusalNote } from '@/ui/refusal-note';
import type { Standing } from './live-connection';
import { saidTo } from './transcript-state';
import type { LiveSession } from './use-live-session';
import { Words } from './words';

const SubmitSpokenAnswer = graphql(`
  mutation SubmitSpokenAnswer($input: SubmitSpokenAnswerInput!) {
    submitSpokenAnswer(input: $input) {
      refusal { code message field }
      position
    }
  }
`);

const notFinal =
  'Your last words are not written down yet. Try again in a moment, or write your answer.';

/** What was said so far, and the way to hand it in. */
export function SpokenAnswer(props: {
  session: LiveSession;
  interviewId: string;
  questionId: string;
  onSubmitted: (position: string | null | undefined) => Promise<void>;
  onWrite: () => void;
}) {
  const { session } = props;
  const { run, busy, refusal } = useCommand(SubmitSpokenAnswer);
  const [finishing, setFinishing] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [sent, setSent] = useState(false);
  const said = saidTo(session.transcript, props.questionId);
  const words = said.flatMap((one) => one.words);
  const count = words.filter(({ filler }) => !filler).length;
  const silent = said.length === 0 && session.transcript.interim.length === 0;

  const ended = session.standing?.state === 'ended';

  const submit = async () => {
    setFinishing(true);
    setProblem(null);
    try {
      await session.finalize();
    } catch {
      setProblem(notFinal);
      setFinishing(false);
      return;
    }
    const { interviewId, questionId } = props;
    const done = await run({ interviewId, questionId });
    setFinishing(false);
    if (!done) return;
    setSent(true);
    await props.onSubmitted(done.position);
  };

  return (
    <section aria-label="Your spoken answer" className="space-y-4">
      <div
        role="log"
        aria-live="off"
        aria-label="What was heard"
        className="min-h-40 rounded-2xl border border-line-strong bg-raised p-4 leading-relaxed"
      >
        {silent && <p className="text-muted">{invitation(session.standing)}</p>}
        {said.map((one) => (
          <p key={one.utteranceId} className="mb-1">
            <Words words={one.words} />
          </p>
        ))}
        {session.transcript.interim.length > 0 && (
          <p className="text-muted">
            <Words words={session.transcript.interim} />
          </p>
        )}
      </div>
      {problem && <FieldError>{problem}</FieldError>}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <span className="text-sm text-muted tabular-nums">{plural(count, 'word')}</span>
        <span className="grow" />
        <Button look="quiet" size="small" onClick={props.onWrite}>
          <Keyboard aria-hidden className="size-4" />
          Write instead
        </Button>
        <Button busy={busy || finishing || sent} disabled={silent || ended} onClick={submit}>
          <Send aria-hidden className="size-4" />
          Submit what I said
        </Button>
      </div>
      <RefusalNote refusal={refusal} />
    </section>
  );
}

function invitation(standing: Standing | null): string {
  switch (standing?.state) {
    case 'listening':
      return 'Speak when you are ready. Your words appear here.';
    case 'ended':
      return 'Nobody listens here now. You can write your answer meanwhile.';
    case 'connecting':
    case undefined:
      return 'Connecting your microphone…';
  }
}
