import { Lightbulb } from 'lucide-react';
import { type FragmentType, unmask } from '@/gql/fragment-masking';
import { graphql } from '@/gql/gql';
import { Badge } from '@/ui/badge';
import { Panel, PanelHeading } from '@/ui/panel';

const MatchFragment = graphql(`
  fragment SuggestionList_match on ResumeMatch {
    id
    result {
      suggestions { advice quote span { start } terms }
    }
  }
`);

export function SuggestionList(props: {
  match: FragmentType<typeof MatchFragment>;
  onShow: (start: number) => void;
}) {
  const suggestions = unmask(MatchFragment, props.match).result?.suggestions;
  if (!suggestions) return null;
  return (
    <Panel aria-labelledby="suggestions">
      <PanelHeading
        id="suggestions"
        hint="Each one speaks of a line of yours. None asks you to claim what is not so."
      >
        What you could change
      </PanelHeading>
      {suggestions.length === 0 && <p className="text-muted">Nothing stands out. Well done.</p>}
      <ol className="space-y-5">
        {suggestions.map(({ advice, quote, span, terms }) => (
          <li key={`${advice}${quote}`} className="flex gap-3">
            <Lightbulb aria-hidden className="mt-1 size-4 shrink-0 text-accent" />
            <div className="min-w-0 space-y-1.5">
              <p>{advice}</p>
              {terms.length > 0 && (
                <ul aria-label="What it speaks of" className="flex flex-wrap gap-1.5">
                  {terms.map((term) => (
                    <li key={term}>
                      <Badge tone="accent">{term}</Badge>
                    </li>
                  ))}
                </ul>
              )}
              {quote && (
                <blockquote className="border-l-2 border-accent pl-3 text-sm text-muted">
                  “{quote}”{' '}
                  {span && (
                    <button
                      type="button"
                      onClick={() => props.onShow(span.start)}
                      aria-label={`Show “${quote}” in the text`}
                      className="font-medium text-accent underline underline-offset-4"
                    >
                      Show
                    </button>
                  )}
                </blockquote>
              )}
            </div>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
