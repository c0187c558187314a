import { type FragmentType, unmask } from '@/gql/fragment-masking';
import { graphql } from '@/gql/gql';
import type { Attempts_AnswerFragment } from '@/gql/graphql';
import { Panel, PanelHeading } from '@/ui/panel';

const AnswerFragment = graphql(`
  fragment Attempts_answer on AnswerReport {
    answerId
    questionId
    retryOf
    attempt
    number
    question
    text
    overall
    ratings { criterion title level }
    delivery { overall }
  }
`);

type Answer = Attempts_AnswerFragment;

/** Questions that were answered more than once, with their attempts side by side. */
export function Attempts(props: { answers: FragmentType<typeof AnswerFragment>[] }) {
  const answers = unmask(AnswerFragment, props.answers);
  const tried = new Map<string, Answer[]>();
  for (const answer of answers) {
    const first = answer.retryOf ?? answer.questionId;
    tried.set(first, [...(tried.get(first) ?? []), answer]);
  }
  const again = [...tried.values()].filter(({ length }) => length > 1);
  return again.map((attempts) => <Comparison key={attempts[0]?.answerId} attempts={attempts} />);
}

function Comparison({ attempts }: { attempts: Answer[] }) {
  const [first] = attempts;
  const newest = attempts.at(-1);
  if (!first || !newest) return null;
  const rows = newest.ratings.filter(({ level }) => level !== null);
  return (
    <Panel aria-label={`Attempts at question ${first.number}`}>
      <PanelHeading hint={`${first.question} The newest attempt counts.`}>
        Your attempts side by side
      </PanelHeading>
      <div className="overflow-x-auto">
        <table className="w-full min-w-96 text-left text-sm">
          <thead>
            <tr className="align-top">
              <td />
              {attempts.map(({ answerId, attempt, text }) => (
                <th key={answerId} scope="col" className="w-1/3 px-3 pb-3 font-medium">
                  Attempt {attempt}
                  <p className="mt-1 line-clamp-4 font-normal break-words text-muted">{text}</p>
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="tabular-nums">
            <Row
              title="Score"
              values={attempts.map(({ overall }) => overall)}
              show={(value) => `${Math.round(value)}`}
            />
            {rows.map(({ criterion, title }) => (
              <Row
                key={criterion}
                title={title}
                values={attempts.map(
                  ({ ratings }) => ratings.find((one) => one.criterion === criterion)?.level,
                )}
                show={(value) => value.toFixed(1)}
              />
            ))}
            {attempts.some(({ delivery }) => delivery) && (
              <Row
                title="Delivery"
                values={attempts.map(({ delivery }) => delivery?.overall)}
                show={(value) => `${Math.round(value)}`}
              />
            )}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function Row(props: {
  title: string;
  values: (number | null | undefined)[];
  show: (value: number) => string;
}) {
  return (
    <tr className="border-t border-line">
      <th scope="row" className="py-2 font-normal text-muted">
        {props.title}
      </th>
      {props.values.map((value, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: attempts keep their order
        <td key={place} className="px-3 py-2">
          {value === null || value === undefined ? '–' : props.show(value)}
        </td>
      ))}
    </tr>
  );
}
