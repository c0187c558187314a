import { CircleCheck, CircleDashed } from 'lucide-react';
import { type FragmentType, unmask } from '@/gql/fragment-masking';
import { graphql } from '@/gql/gql';

const AnswerFragment = graphql(`
  fragment CoverageList_answer on AnswerReport {
    answerId
    coverage { point covered similarity quote }
  }
`);

export function CoverageList(props: { answer: FragmentType<typeof AnswerFragment> }) {
  const { coverage } = unmask(AnswerFragment, props.answer);
  if (coverage.length === 0) return null;
  return (
    <div>
      <h3 className="mb-3 font-semibold">What a good answer covers</h3>
      <ul className="space-y-3">
        {coverage.map(({ point, covered, quote }) => (
          <li key={point} className="flex gap-3">
            {covered ? (
              <CircleCheck aria-label="Covered" className="mt-0.5 size-5 shrink-0 text-good" />
            ) : (
              <CircleDashed aria-label="Missing" className="mt-0.5 size-5 shrink-0 text-warn" />
            )}
            <div className="min-w-0">
              <p>{point}</p>
              {quote && <p className="text-sm break-words text-muted">“{quote}”</p>}
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
