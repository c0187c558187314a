import { type FragmentType, unmask } from '@/gql/fragment-masking';
import { graphql } from '@/gql/gql';
import type { TermList_MatchFragment, TermMatch } from '@/gql/graphql';
import { Badge, type Tone } from '@/ui/badge';
import { Panel, PanelHeading } from '@/ui/panel';

export const MatchFragment = graphql(`
  fragment TermList_match on ResumeMatch {
    id
    result {
      terms {
        term
        kind
        need
        weight
        found
        similarity
        quote
        span { start end }
        foundAs
        answers
        points
        pointsPossible
      }
    }
  }
`);

type Term = NonNullable<TermList_MatchFragment['result']>['terms'][number];

const matches: Record<TermMatch, { name: string; tone: Tone }> = {
  EXACT: { name: 'Exact', tone: 'good' },
  SYNONYM: { name: 'By another name', tone: 'good' },
  RELATED: { name: 'Related', tone: 'warn' },
  MISSING: { name: 'Missing', tone: 'bad' },
};

export function TermList(props: {
  match: FragmentType<typeof MatchFragment>;
  onShow: (start: number) => void;
}) {
  const terms = unmask(MatchFragment, props.match).result?.terms;
  if (!terms) return null;
  const lineOfWork = terms.find((term) => term.kind === 'LINE_OF_WORK');
  const named = terms.filter((term) => term.kind === 'TERM');
  return (
    <Panel aria-labelledby="terms">
      <PanelHeading
        id="terms"
        hint="“Related” earns part of the points: the line is close, but does not name the term. A title that you do not name is not missed."
      >
        What it looks for
      </PanelHeading>
      {lineOfWork && <LineOfWork finding={lineOfWork} onShow={props.onShow} />}
      <div className="grid grid-cols-1 gap-x-10 gap-y-8 lg:grid-cols-2">
        <TermGroup
          title="Must have"
          terms={named.filter((term) => term.need === 'MUST')}
          onShow={props.onShow}
        />
        <TermGroup
          title="Nice to have"
          terms={named.filter((term) => term.need === 'NICE')}
          onShow={props.onShow}
        />
      </div>
    </Panel>
  );
}

function LineOfWork({ finding, onShow }: { finding: Term; onShow: (start: number) => void }) {
  const { span } = finding;
  return (
    <div className="mb-8">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="font-semibold">{finding.term}</h3>
        <span className="ml-auto text-sm text-muted tabular-nums">
          {finding.points.toFixed(1)} / {finding.pointsPossible.toFixed(1)}
        </span>
      </div>
      <p className="mt-1 text-sm text-muted">
        How near the work that your resume tells of is to the work of this job. All of both texts is
        compared, so a resume that says more of what you do there earns more.
      </p>
      {finding.quote && finding.answers ? (
        <p className="mt-2 text-sm">
          What comes nearest: your “{finding.quote}” to “{finding.answers}”.{' '}
          {span && (
            <button
              type="button"
              onClick={() => onShow(span.start)}
              aria-label="Show your line in the text"
              className="font-medium text-accent underline underline-offset-4"
            >
              Show
            </button>
          )}
        </p>
      ) : (
        finding.points === 0 && (
          <p className="mt-2 text-sm">Your resume tells of another line of work.</p>
        )
      )}
    </div>
  );
}

function TermGroup({
  title,
  terms,
  onShow,
}: {
  title: string;
  terms: Term[];
  onShow: (start: number) => void;
}) {
  return (
    <div>
      <h3 className="font-semibold">{title}</h3>
      {terms.length === 0 && <p className="mt-2 text-sm text-muted">Nothing in this group.</p>}
      <ul className="mt-1 divide-y divide-line">
        {terms.map((term) => (
          <TermRow key={term.term} term={term} onShow={onShow} />
        ))}
      </ul>
    </div>
  );
}

function TermRow({ term, onShow }: { term: Term; onShow: (start: number) => void }) {
  const { span } = term;
  const match = matches[term.found];
  return (
    <li className="py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-medium">{term.term}</span>
        <Badge tone={match.tone}>{match.name}</Badge>
        <span className="ml-auto text-sm text-muted tabular-nums">
          {term.points.toFixed(1)} / {term.pointsPossible.toFixed(1)}
        </span>
      </div>
      {term.foundAs && (
        <p className="mt-1 text-sm">
          Counted because your resume says <strong>{term.foundAs}</strong>.
        </p>
      )}
      {term.quote && (
        <p className="mt-1 text-sm text-muted">
          “{term.quote}”{' '}
          {span && (
            <button
              type="button"
              onClick={() => onShow(span.start)}
              aria-label={`Show the line for ${term.term} in the text`}
              className="font-medium text-accent underline underline-offset-4"
            >
              Show
            </button>
          )}
        </p>
      )}
    </li>
  );
}
