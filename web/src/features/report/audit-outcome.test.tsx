import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { makeFragmentData } from '@/gql/fragment-masking';
import { AuditFragment, AuditOutcome } from './audit-outcome';

describe('AuditOutcome', () => {
  it('says that every number agrees where every one was come to again', () => {
    show({ differences: 0, notJudgedAgain: 0 });
    expect(
      screen.getByText('Every number was recomputed and agrees with what is recorded.'),
    ).toBeVisible();
  });

  it('does not say so of levels that could not be judged again', () => {
    show({ differences: 0, notJudgedAgain: 2 });
    const said = screen.getByText(
      'Every total was recomputed and agrees with what is recorded; the levels of 2 verdicts could not be judged again here.',
    );
    expect(said.parentElement).toHaveClass('text-muted');
    expect(screen.queryByText(/Every number/)).toBeNull();
  });

  it('counts what did not come out as recorded', () => {
    show({ differences: 1, notJudgedAgain: 1 });
    expect(
      screen.getByText(
        '1 number did not come out as recorded; see the marks below. The levels of 1 verdict could not be judged again here.',
      ),
    ).toBeVisible();
  });
});

function show(found: { differences: number; notJudgedAgain: number }) {
  const audit = makeFragmentData({ __typename: 'ScoreAudit', ...found, lines: [] }, AuditFragment);
  render(<AuditOutcome audit={audit} answers={[]} />);
}
