import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { makeFragmentData } from '@/gql/fragment-masking';
import { ReportFragment, ReportOverview } from './report-overview';

describe('ReportOverview', () => {
  it('shows how sure the overall score is', () => {
    show({ __typename: 'ScoreInterval', low: 0, high: 43.2 });
    expect(screen.getByText('0 to 43')).toBeVisible();
  });

  it('claims no range where none is known', () => {
    show(null);
    expect(screen.queryByText(/^\d+ to \d+$/)).toBeNull();
  });
});

function show(overallInterval: { __typename: 'ScoreInterval'; low: number; high: number } | null) {
  const report = makeFragmentData(
    {
      __typename: 'InterviewReport',
      interviewId: 'i1',
      status: 'COMPLETED',
      issued: true,
      overall: 21.4,
      overallInterval,
      rubric: null,
      criteria: [],
      answers: [],
    },
    ReportFragment,
  );
  render(<ReportOverview report={report} />);
}
