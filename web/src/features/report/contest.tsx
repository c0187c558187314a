import { Scale } from 'lucide-react';
import { useState } from 'react';
import { useCommand } from '@/command';
import { type FragmentType, unmask } from '@/gql/fragment-masking';
import { graphql } from '@/gql/gql';
import type { Contest_AnswerFragment } from '@/gql/graphql';
import { useLanguageModel } from '@/third-parties';
import { Button } from '@/ui/button';
import { Disclosure } from '@/ui/disclosure';
import { TextArea } from '@/ui/field';
import { formatTime } from '@/ui/format';
import { RefusalNote } from '@/ui/refusal-note';
import { Waiting } from '@/ui/states';
import { contestOutcome, isMiddleOfReadings } from './contest-outcome';
import { ScoreRange } from './score-range';

const ContestScore = graphql(`
  mutation ContestScore($input: ContestScoreInput!) {
    contestScore(input: $input) { refusal { code message field } position }
  }
`);

export const AnswerFragment = graphql(`
  fragment Contest_answer on AnswerReport {
    answerId
    overall
    overallInterval { low high }
    evaluator
    canContest
    ratings { criterion title level features { name value } }
    contests { reason contestedAt outcome }
    earlier { evaluationId evaluator overall overallInterval { low high } evaluatedAt ratings { criterion level } }
  }
`);

type Answer = Contest_AnswerFragment;

const longestReason = 1000;

/** What a candidate can do about a score that seems wrong, and what came of it. */
export function Contest(props: {
  interviewId: string;
  answer: FragmentType<typeof AnswerFragment>;
}) {
  const answer = unmask(AnswerFragment, props.answer);
  const open = answer.contests.some(({ outcome }) => outcome === 'OPEN');
  const model = useLanguageModel();
  // The same computation once more would only use up a try.
  const sameAgain = isMiddleOfReadings(answer.evaluator) && !model;
  return (
    <div className="space-y-4">
      {answer.contests.map(({ reason, contestedAt, outcome }, place) => (
        <div key={contestedAt} className="rounded-xl bg-sunken p-4 text-sm">
          <p className="font-medium">You contested this score on {formatTime(contestedAt)}.</p>
          <p className="mt-1 break-words text-muted">“{reason}”</p>
          {outcome === 'FAILED' && (
            <p className="mt-2 text-warn">
              The answer could not be read again, so the score stands.
              {answer.canContest &&
                place === answer.contests.length - 1 &&
                ' You may contest it once more.'}
            </p>
          )}
        </div>
      ))}
      {open && <Waiting>Reading this answer again…</Waiting>}
      {answer.earlier.length > 0 && <Verdicts answer={answer} />}
      {answer.canContest && sameAgain && (
        <p className="text-sm text-muted">
          Nobody else can read it here, and the same readings would give the same score.
        </p>
      )}
      {answer.canContest && !sameAgain && (
        <Disclosure summary="This score seems wrong to me">
          <ContestForm interviewId={props.interviewId} answerId={answer.answerId} />
        </Disclosure>
      )}
    </div>
  );
}

function ContestForm({ interviewId, answerId }: { interviewId: string; answerId: string }) {
  const { run, busy, refusal } = useCommand(ContestScore);
  const [reason, setReason] = useState('');
  return (
    <form
      className="max-w-prose space-y-3"
      onSubmit={(event) => {
        event.preventDefault();
        void run({ interviewId, answerId, reason });
      }}
    >
      <TextArea
        label="What did the score get wrong?"
        hint="The answer is read again, in several ways or by another evaluator. Both scores stay visible and the newer one counts, even where it is lower. Your reason is kept beside them; nobody judges by it."
        rows={3}
        maxLength={longestReason}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      {refusal && <RefusalNote refusal={refusal} />}
      <Button type="submit" look="secondary" size="small" busy={busy} disabled={!reason.trim()}>
        <Scale aria-hidden className="size-4" />
        Have it read again
      </Button>
    </form>
  );
}

/** Every verdict on the answer side by side, the one that counts first: a narrow screen shows the first columns. */
function Verdicts({ answer }: { answer: Answer }) {
  const counting = {
    evaluationId: 'counting',
    evaluator: answer.evaluator ?? '',
    overall: answer.overall ?? 0,
    overallInterval: answer.overallInterval,
    ratings: answer.ratings,
  };
  const all = [...answer.earlier, counting].reverse();
  const before = answer.earlier.at(-1);
  const rows = answer.ratings.filter(({ level }) => level !== null);
  return (
    <div className="overflow-x-auto">
      <h3 className="mb-2 font-semibold">Read more than once</h3>
      {before && <p className="mb-1 max-w-prose text-sm">{contestOutcome(counting, before)}</p>}
      <p className="mb-3 max-w-prose text-sm text-muted">
        The newest score counts: it was asked for because you contested the one before it.
      </p>
      <table className="w-full min-w-72 text-left text-sm">
        <thead>
          <tr className="align-top">
            <td />
            {all.map(({ evaluationId, evaluator }, place) => (
              <th key={evaluationId} scope="col" className="px-2 pb-2 font-medium sm:px-3">
                {place === 0 ? 'Counts' : 'Before'}
                <p className="font-normal wrap-anywhere text-faint">{evaluator}</p>
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="tabular-nums">
          <tr className="border-t border-line">
            <th scope="row" className="py-2 font-normal text-muted">
              Score
            </th>
            {all.map(({ evaluationId, overall, overallInterval }) => (
              <td key={evaluationId} className="px-2 py-2 sm:px-3">
                {Math.round(overall)}
                <ScoreRange interval={overallInterval} of="criteria" />
              </td>
            ))}
          </tr>
          {rows.map(({ criterion, title }) => (
            <tr key={criterion} className="border-t border-line">
              <th scope="row" className="py-2 font-normal text-muted">
                {title}
              </th>
              {all.map(({ evaluationId, ratings }) => (
                <td key={evaluationId} className="px-2 py-2 sm:px-3">
                  {ratings.find((one) => one.criterion === criterion)?.level?.toFixed(1) ?? '–'}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
