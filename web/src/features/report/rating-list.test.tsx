import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { makeFragmentData } from '@/gql/fragment-masking';
import { AnswerFragment, RatingList } from './rating-list';

const anchor = 'The answer is easy to follow, with a slip here and there.';

describe('RatingList', () => {
  it('says what a level held back would have been, and why it is not', () => {
    show({ __typename: 'HeldBack', levelBefore: 4.56, why: 'Relevance is 1.3 here.' });
    expect(screen.getByText(/^2.3 of 5/)).toBeVisible();
    expect(screen.getByText('(1.0 to 3.8, set by hand)')).toBeVisible();
    expect(
      screen.getByText('By itself this would be 4.6 of 5. Relevance is 1.3 here.'),
    ).toBeVisible();
    expect(screen.getByText(anchor)).toBeVisible();
  });

  it('says nothing of it where the level is its own', () => {
    show(null);
    expect(screen.queryByText(/By itself/)).toBeNull();
  });

  it('tells a range that was measured from one that was set by hand', () => {
    show(null, true);
    expect(screen.getByText('(1.0 to 3.8)')).toHaveAttribute(
      'title',
      expect.stringMatching(/^Measured/),
    );
    show(null, false);
    expect(screen.getByText('(1.0 to 3.8, set by hand)')).toHaveAttribute(
      'title',
      expect.stringMatching(/^Set by hand/),
    );
  });
});

function show(
  heldBack: { __typename: 'HeldBack'; levelBefore: number; why: string } | null,
  measured = false,
) {
  const answer = makeFragmentData(
    {
      __typename: 'AnswerReport',
      answerId: 'a1',
      ratings: [
        {
          __typename: 'Rating',
          criterion: 'CLARITY',
          title: 'Clarity',
          level: 2.3,
          anchor,
          interval: { __typename: 'LevelInterval', low: 1, high: 3.8, measured },
          heldBack,
          weight: 0.2,
          rationale: 'Easy to follow for the most part.',
          features: [],
          evidence: [],
        },
      ],
    },
    AnswerFragment,
  );
  render(<RatingList answer={answer} />);
}
