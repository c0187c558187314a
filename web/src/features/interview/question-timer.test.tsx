import { act, fireEvent, screen } from '@testing-library/react';
import { renderWithServer } from '@tests/render';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { makeFragmentData } from '@/gql/fragment-masking';
import { QuestionFragment, QuestionTimer } from './question-timer';

describe('QuestionTimer', () => {
  beforeEach(() => sessionStorage.clear());

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

  it('stands still while one thinks first, and goes on from there', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] });
    try {
      show(60);
      fireEvent.click(screen.getByRole('button', { name: 'Think first' }));
      act(() => vi.advanceTimersByTime(90_000));
      expect(screen.getByRole('timer')).toHaveTextContent('2:00 left');
      expect(screen.getByText(/lowers no score/)).toBeVisible();
      fireEvent.click(screen.getByRole('button', { name: 'I am ready' }));
      act(() => vi.advanceTimersByTime(10_000));
      expect(screen.getByRole('timer')).toHaveTextContent('1:50 left');
    } finally {
      vi.useRealTimers();
    }
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
