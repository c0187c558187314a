import { useState } from 'react';
import { type FragmentType, unmask } from '@/gql/fragment-masking';
import { graphql } from '@/gql/gql';
import { classNames } from '@/ui/class-names';
import { CheckList } from './check-list';
import { MatchOverview } from './match-overview';
import { OutlinePanel } from './outline-panel';
import { ResumeText } from './resume-text';
import { SuggestionList } from './suggestion-list';
import { TermList } from './term-list';

const ResumeFragment = graphql(`
  fragment ResumeInsights_resume on ResumeInsights {
    id
    matches {
      id
      targetTitle
      ...MatchOverview_match
      ...TermList_match
      ...CheckList_match
      ...SuggestionList_match
      ...ResumeText_match
    }
    ...OutlinePanel_resume
    ...ResumeText_resume
  }
`);

/** Everything known of a resume that was read, seen through one of its matches. */
export function ResumeInsights(props: {
  resume: FragmentType<typeof ResumeFragment>;
  chosenMatch: string | null;
  onChoose: (matchId: string) => void;
}) {
  const resume = unmask(ResumeFragment, props.resume);
  const [shown, setShown] = useState<{ start: number } | null>(null);
  const match =
    resume.matches.find((one) => one.id === props.chosenMatch) ?? resume.matches[0] ?? null;
  const show = (start: number) => setShown({ start });
  return (
    <div className="space-y-6">
      {resume.matches.length > 1 && (
        <nav aria-label="Matches of this resume" className="flex flex-wrap gap-2">
          {resume.matches.map((one) => (
            <button
              key={one.id}
              type="button"
              aria-pressed={one.id === match?.id}
              onClick={() => props.onChoose(one.id)}
              className={classNames(
                'max-w-full truncate rounded-full border px-4 py-2 text-sm font-medium transition-colors',
                one.id === match?.id
                  ? 'border-accent bg-accent-soft text-accent'
                  : 'border-line-strong hover:border-accent',
              )}
            >
              {one.targetTitle}
            </button>
          ))}
        </nav>
      )}
      {match && (
        <>
          <MatchOverview match={match} />
          <TermList match={match} onShow={show} />
          <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-2">
            <SuggestionList match={match} onShow={show} />
            <CheckList match={match} />
          </div>
        </>
      )}
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <OutlinePanel resume={resume} />
        <ResumeText resume={resume} match={match} shown={shown} />
      </div>
    </div>
  );
}
