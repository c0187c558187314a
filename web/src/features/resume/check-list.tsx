import { CircleCheck, CircleX } from 'lucide-react';
import { type FragmentType, unmask } from '@/gql/fragment-masking';
import { graphql } from '@/gql/gql';
import { Panel, PanelHeading } from '@/ui/panel';

export const MatchFragment = graphql(`
  fragment CheckList_match on ResumeMatch {
    id
    result {
      checks { name title passed message points pointsPossible }
    }
  }
`);

export function CheckList(props: { match: FragmentType<typeof MatchFragment> }) {
  const checks = unmask(MatchFragment, props.match).result?.checks;
  if (!checks) return null;
  return (
    <Panel aria-labelledby="checks">
      <PanelHeading id="checks" hint="What the software of an employer trips over.">
        Reading by machines
      </PanelHeading>
      <ul className="space-y-3.5">
        {checks.map((check) => (
          <li key={check.name} className="flex gap-3">
            {check.passed ? (
              <CircleCheck aria-label="Passed" className="mt-0.5 size-5 shrink-0 text-good" />
            ) : (
              <CircleX aria-label="Not passed" className="mt-0.5 size-5 shrink-0 text-bad" />
            )}
            <div className="min-w-0 flex-1">
              <p className="flex justify-between gap-3 font-medium">
                {check.title}
                <span className="shrink-0 text-sm font-normal text-muted tabular-nums">
                  {check.points.toFixed(1)} / {check.pointsPossible.toFixed(1)}
                </span>
              </p>
              <p className="text-sm text-muted">{check.message}</p>
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
