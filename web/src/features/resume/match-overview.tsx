import { type FragmentType, unmask } from '@/gql/fragment-masking';
import { graphql } from '@/gql/gql';
import { Panel } from '@/ui/panel';
import { ScoreRing } from '@/ui/score-ring';
import { Waiting } from '@/ui/states';

export const MatchFragment = graphql(`
  fragment MatchOverview_match on ResumeMatch {
    id
    targetTitle
    targetKind
    failure
    result {
      score
      analyser
      terms { term kind need found points pointsPossible }
      checks { points pointsPossible }
    }
  }
`);

export function MatchOverview(props: { match: FragmentType<typeof MatchFragment> }) {
  const match = unmask(MatchFragment, props.match);
  const { result } = match;
  const target =
    match.targetKind === 'ROLE' ? match.targetTitle : `the post “${match.targetTitle}”`;
  if (match.failure) {
    return (
      <Panel aria-label="No match">
        <h2 className="text-xl font-semibold">No match with {target}</h2>
        <p role="alert" className="mt-2">
          {match.failure}
        </p>
      </Panel>
    );
  }
  if (!result) {
    return (
      <Panel>
        <Waiting>Comparing your resume with {target}…</Waiting>
      </Panel>
    );
  }
  const lineOfWork = result.terms.filter((term) => term.kind === 'LINE_OF_WORK');
  const named = result.terms.filter((term) => term.kind === 'TERM');
  const must = named.filter((term) => term.need === 'MUST');
  const nice = named.filter((term) => term.need === 'NICE');
  const parts = [
    ...(lineOfWork.length > 0
      ? [{ name: 'Your line of work', ...sum(lineOfWork), found: null }]
      : []),
    { name: 'Must have', ...sum(must), found: foundOf(must) },
    { name: 'Nice to have', ...sum(nice), found: foundOf(nice) },
    { name: 'Layout and contact', ...sum(result.checks), found: null },
  ];
  return (
    <Panel
      aria-label="Match score"
      className="flex flex-col items-center gap-6 sm:flex-row sm:gap-9"
    >
      <ScoreRing score={result.score} label={`Match with ${match.targetTitle}`} />
      <div className="w-full min-w-0 flex-1">
        <h2 className="text-xl font-semibold">Match with {target}</h2>
        <p className="mt-1 text-muted">
          These points make the score, and each of them names the line it comes from.
        </p>
        <dl className="mt-4 space-y-2">
          {parts.map((part) => (
            <div key={part.name} className="flex flex-wrap justify-between gap-x-4 text-sm">
              <dt>
                {part.name}
                {part.found && <span className="text-muted"> · {part.found}</span>}
              </dt>
              <dd className="tabular-nums">
                {points(part.points)} of {points(part.pointsPossible)} points
              </dd>
            </div>
          ))}
        </dl>
        <p className="mt-4 text-xs text-faint">Worked out by {result.analyser}.</p>
      </div>
    </Panel>
  );
}

function sum(items: { points: number; pointsPossible: number }[]) {
  return {
    points: items.reduce((total, item) => total + item.points, 0),
    pointsPossible: items.reduce((total, item) => total + item.pointsPossible, 0),
  };
}

function foundOf(terms: { found: string }[]): string {
  const found = terms.filter((term) => term.found !== 'MISSING').length;
  return `${found} of ${terms.length} found`;
}

function points(value: number): string {
  return value.toFixed(1).replace(/\.0$/, '');
}
