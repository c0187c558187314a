import { useEffect, useMemo, useRef } from 'react';
import { type FragmentType, unmask } from '@/gql/fragment-masking';
import { graphql } from '@/gql/gql';
import { MarkedText } from '@/ui/marked-text';
import { Panel, PanelHeading } from '@/ui/panel';
import type { Mark } from '@/ui/spans';

const ResumeFragment = graphql(`
  fragment ResumeText_resume on ResumeInsights {
    id
    text
  }
`);

const MatchFragment = graphql(`
  fragment ResumeText_match on ResumeMatch {
    id
    result {
      terms { term found span { start end } }
      suggestions { advice span { start end } }
    }
  }
`);

type Kind = 'found' | 'related' | 'suggested';

const looks: Record<Kind, string> = {
  found: 'bg-good-soft',
  related: 'bg-warn-soft',
  suggested: 'bg-transparent border-b-2 border-dotted border-accent',
};

/** The text as it was read. `shown` is the place to scroll to, in code points. */
export function ResumeText(props: {
  resume: FragmentType<typeof ResumeFragment>;
  match: FragmentType<typeof MatchFragment> | null;
  shown: { start: number } | null;
}) {
  const { text } = unmask(ResumeFragment, props.resume);
  const match = unmask(MatchFragment, props.match);
  const frame = useRef<HTMLDivElement>(null);
  const marks = useMemo(() => marksOf(match?.result ?? null), [match]);
  const { shown } = props;
  useEffect(() => {
    if (!shown) return;
    const mark = frame.current?.querySelector(`[data-mark="${shown.start}"]`);
    mark?.scrollIntoView({ block: 'center', behavior: 'smooth' });
  }, [shown]);
  if (!text) return null;
  return (
    <Panel aria-labelledby="resume-text">
      <PanelHeading
        id="resume-text"
        hint={
          <span className="flex flex-wrap gap-x-4 gap-y-1">
            <span>
              <mark className="rounded-sm bg-good-soft px-1 text-inherit">found</mark>
            </span>
            <span>
              <mark className="rounded-sm bg-warn-soft px-1 text-inherit">related</mark>
            </span>
            <span>
              <mark className="border-b-2 border-dotted border-accent bg-transparent text-inherit">
                has a suggestion
              </mark>
            </span>
          </span>
        }
      >
        The text we read
      </PanelHeading>
      <section
        ref={frame}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
        tabIndex={0}
        aria-label="Text of the resume"
        className="max-h-[34rem] overflow-y-auto rounded-xl bg-sunken p-4 text-sm leading-relaxed sm:p-5"
      >
        <MarkedText text={text} marks={marks} looks={looks} active={shown?.start} />
      </section>
    </Panel>
  );
}

type Place = { start: number; end: number };
type Findings = {
  terms: { term: string; found: string; span?: Place | null }[];
  suggestions: { advice: string; span?: Place | null }[];
};

function marksOf(findings: Findings | null): Mark<Kind>[] {
  if (!findings) return [];
  const suggested = findings.suggestions.flatMap(({ span, advice }) =>
    span ? [{ start: span.start, end: span.end, kind: 'suggested' as const, note: advice }] : [],
  );
  const found = findings.terms.flatMap(({ span, term, found }) =>
    span
      ? [
          {
            start: span.start,
            end: span.end,
            kind: found === 'RELATED' ? ('related' as const) : ('found' as const),
            note: found === 'RELATED' ? `Related to ${term}` : `Found: ${term}`,
          },
        ]
      : [],
  );
  return [...suggested, ...found];
}
