import { screen } from '@testing-library/react';
import { renderWithServer } from '@tests/render';
import { describe, expect, it } from 'vitest';
import { makeFragmentData } from '@/gql/fragment-masking';
import { QuestionFragment, QuestionTimer } from './question-timer';

describe('QuestionTimer', () => {
  it('is calm at first and offers no extension', () => {
    show(0);
    expect(screen.getByRole('timer')).toHaveTextContent(/^(3:00|2:59) left$/);
    expect(screen.queryByRole('button', { name: 'Give me more time' })).toBeNull();
  });

  it('says that nothing is cut off when the time is over', () => {
    show(200);
    expect(screen.getByRole('timer')).toHaveTextContent('Time over');
    expect(screen.getByText(/nothing is cut off/)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Give me more time' })).toBeEnabled();
  });
});

function show(secondsAgo: number) {
  const askedAt = new Date(Date.now() - secondsAgo * 1000).toISOString();
  renderWithServer(
    <QuestionTimer
      interviewId="i1"
      secondsPerQuestion={180}
      question={makeFragmentData(
        { __typename: 'AskedQuestion', id: 'q1', askedAt, pausedMs: 0, extendedSeconds: 0 },
        QuestionFragment,
      )}
      onExtended={() => undefined}
    />,
  );
}
