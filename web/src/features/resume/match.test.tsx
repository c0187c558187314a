import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { makeFragmentData } from '@/gql/fragment-masking';
import { MatchFragment as CheckFragment, CheckList } from './check-list';
import { MatchOverview, MatchFragment as OverviewFragment } from './match-overview';
import { MatchFragment as TermFragment, TermList } from './term-list';

describe('a match', () => {
  it('names its checks in words', () => {
    const check = {
      __typename: 'AtsCheck' as const,
      name: 'text_layer',
      title: 'Text that software can read',
      passed: true,
      message: 'The file holds its text as text.',
      points: 6,
      pointsPossible: 6,
    };
    const result = { __typename: 'MatchResult' as const, checks: [check] };
    render(
      <CheckList
        match={makeFragmentData({ __typename: 'ResumeMatch', id: 'm1', result }, CheckFragment)}
      />,
    );
    expect(screen.getByText('Text that software can read')).toBeVisible();
    expect(screen.queryByText('text_layer')).toBeNull();
  });

  it('says under which other name a term was found', () => {
    const term = {
      __typename: 'TermFinding' as const,
      term: 'Git',
      kind: 'TERM' as const,
      need: 'MUST' as const,
      weight: 3,
      found: 'SYNONYM' as const,
      similarity: 1,
      quote: 'Reviewed changes on GitHub',
      span: { __typename: 'Span' as const, start: 0, end: 26 },
      foundAs: 'GitHub',
      answers: null,
      points: 4,
      pointsPossible: 4,
    };
    const result = { __typename: 'MatchResult' as const, terms: [term] };
    render(
      <TermList
        match={makeFragmentData({ __typename: 'ResumeMatch', id: 'm1', result }, TermFragment)}
        onShow={() => undefined}
      />,
    );
    expect(screen.getByText('By another name')).toBeVisible();
    expect(screen.getByText('GitHub')).toBeVisible();
  });

  it('says what to do where there is none', () => {
    const failure = 'This does not look like a job post.';
    const match = makeFragmentData(
      {
        __typename: 'ResumeMatch',
        id: 'm1',
        targetTitle: 'asdf',
        targetKind: 'JOB_POST',
        failure,
        result: null,
      },
      OverviewFragment,
    );
    render(<MatchOverview match={match} />);
    expect(screen.getByRole('alert')).toHaveTextContent(failure);
  });
});
