import { RotateCcw } from 'lucide-react';
import { useCommand } from '@/command';
import { type FragmentType, unmask } from '@/gql/fragment-masking';
import { graphql } from '@/gql/gql';
import { Button } from '@/ui/button';
import { Disclosure } from '@/ui/disclosure';
import { countWords, plural } from '@/ui/format';
import { RefusalNote } from '@/ui/refusal-note';

const RetryQuestion = graphql(`
  mutation RetryQuestion($input: RetryQuestionInput!) {
    retryQuestion(input: $input) { refusal { code message field } position }
  }
`);

const QuestionFragment = graphql(`
  fragment AnsweredList_question on AskedQuestion {
    id
    number
    text
    gap
    retryOf
    attempt
    answer { id text evaluation }
  }
`);

export function AnsweredList(props: {
  interviewId: string;
  questions: FragmentType<typeof QuestionFragment>[];
  /** Whether the interview goes on, so that a question can be tried again. */
  going: boolean;
  onChanged: (position: string | null | undefined) => Promise<void>;
}) {
  const questions = unmask(QuestionFragment, props.questions);
  const { run, busy, refusal } = useCommand(RetryQuestion);
  const answered = questions.filter(({ answer }) => answer);
  if (answered.length === 0) return null;
  const retrying = questions.some(({ answer, retryOf }) => !answer && retryOf);
  const first = ({ id, retryOf }: { id: string; retryOf: string | null }) => retryOf ?? id;
  const newest = (one: (typeof answered)[number]) =>
    answered.every((other) => first(other) !== first(one) || other.attempt <= one.attempt);

  const retry = async (questionId: string) => {
    const done = await run({ interviewId: props.interviewId, questionId });
    if (done) await props.onChanged(done.position);
  };

  return (
    <section aria-label="Your answers so far" className="px-1">
      <Disclosure summary={`Your answers so far (${answered.length})`}>
        <ol className="space-y-4">
          {answered.map((one) => (
            <li key={one.id} className="border-l-2 border-line pl-4">
              <p className="font-medium">
                {one.gap ? `${one.number}, follow-up: ` : `${one.number}. `}
                {one.text}
              </p>
              <p className="mt-1 line-clamp-3 text-sm break-words text-muted">{one.answer?.text}</p>
              <div className="mt-1 flex flex-wrap items-center gap-x-3">
                <p className="text-xs text-faint">
                  {one.attempt > 1 && `Attempt ${one.attempt}, `}
                  {plural(countWords(one.answer?.text ?? ''), 'word')}
                </p>
                {props.going && !retrying && newest(one) && one.attempt < 3 && (
                  <Button look="quiet" size="small" busy={busy} onClick={() => retry(one.id)}>
                    <RotateCcw aria-hidden className="size-3.5" />
                    Try this one again
                  </Button>
                )}
              </div>
            </li>
          ))}
        </ol>
        <RefusalNote refusal={refusal} />
      </Disclosure>
    </section>
  );
}
