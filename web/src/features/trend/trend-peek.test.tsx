import { render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { describe, expect, it } from 'vitest';
import { makeFragmentData } from '@/gql/fragment-masking';
import { TrendFragment, TrendPeek } from './trend-peek';

const change = {
  __typename: 'TrendChange',
  difference: 8.4,
  noise: 11.3,
  direction: 'WITHIN_NOISE',
  compared: 1,
} as const;

describe('TrendPeek', () => {
  it('calls no change what lies within the noise', () => {
    show(change);
    expect(screen.getByText(/^No change that can be told from chance/)).toBeVisible();
  });

  it('compares nothing where the noise is not known', () => {
    show(null);
    expect(screen.getByText(/^Nobody can tell whether this is a change/)).toBeVisible();
  });
});

function show(known: typeof change | null) {
  const trend = makeFragmentData(
    {
      __typename: 'AnalyticsTrend',
      points: [
        { __typename: 'TrendPoint', interviewId: 'i1', overall: 50 },
        { __typename: 'TrendPoint', interviewId: 'i2', overall: 58.4 },
      ],
      change: known,
    },
    TrendFragment,
  );
  render(
    <MemoryRouter>
      <TrendPeek trend={trend} />
    </MemoryRouter>,
  );
}
