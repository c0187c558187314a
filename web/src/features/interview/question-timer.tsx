import { Brain, Timer } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useCommand } from '@/command';
import { type FragmentType, unmask } from '@/gql/fragment-masking';
import { graphql } from '@/gql/gql';
import { Button } from '@/ui/button';
import { classNames } from '@/ui/class-names';
import { formatDuration } from '@/ui/format';
import { RefusalNote } from '@/ui/refusal-note';
import { keepThinking, readThinking, thoughtMs, toggled } from './thinking-time';
import { type TimePhase, timeLeft } from './time-left';

const ExtendTime = graphql(`
  mutation ExtendTime($input: ExtendTimeInput!) {
    extendTime(input: $input) {
      refusal { code message field }
      position
    }
  }
`);

export const QuestionFragment = graphql(`
  fragment QuestionTimer_question on AskedQuestion {
    id
    askedAt
    pausedMs
    extendedSeconds
  }
`);

const nudges = {
  calm: '',
  soon: 'About a minute left. Time to come to your result.',
  over: 'The planned time is over. Finish your thought; nothing is cut off.',
};

const whileThinking =
  'The timer stands still until you are ready. Time to think before you begin lowers no score.';

export function QuestionTimer(props: {
  interviewId: string;
  secondsPerQuestion: number;
  question: FragmentType<typeof QuestionFragment>;
  onExtended: (position: string | null | undefined) => void;
}) {
  const question = unmask(QuestionFragment, props.question);
  const { run, busy, refusal } = useCommand(ExtendTime);
  const now = useNow();
  const [thinking, setThinking] = useState(() => readThinking(question.id));
  const held = thinking.since !== null;
  const thought = thoughtMs(thinking, now, question.pausedMs);
  const spent = { ...question, pausedMs: question.pausedMs + thought };
  const { seconds, phase } = timeLeft(spent, props.secondsPerQuestion, now);
  const think = () => {
    const next = toggled(thinking, Date.now(), question.pausedMs);
    setThinking(next);
    keepThinking(question.id, next);
  };
  const extend = async () => {
    const done = await run({ interviewId: props.interviewId, questionId: question.id });
    if (done) props.onExtended(done.position);
  };
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <span
        role="timer"
        aria-label="Time left"
        className={classNames(
          'inline-flex items-center gap-2 rounded-full px-3.5 py-1.5 font-medium tabular-nums',
          phase === 'calm' ? 'bg-sunken text-muted' : 'bg-warn-soft text-warn',
        )}
      >
        <Timer aria-hidden className="size-4" />
        {phase === 'over' ? 'Time over' : `${formatDuration(seconds)} left`}
      </span>
      <Button look="secondary" size="small" onClick={think}>
        <Brain aria-hidden className="size-4" />
        {held ? 'I am ready' : 'Think first'}
      </Button>
      <span role="status" className={classNames('text-sm', noteLook(held, phase))}>
        {held ? whileThinking : nudges[phase]}
      </span>
      {phase !== 'calm' && (
        <Button look="secondary" size="small" busy={busy} onClick={extend}>
          Give me more time
        </Button>
      )}
      <RefusalNote refusal={refusal} />
    </div>
  );
}

function noteLook(held: boolean, phase: TimePhase): string {
  if (held) return 'text-muted';
  return phase === 'calm' ? 'sr-only' : 'text-warn';
}

function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
