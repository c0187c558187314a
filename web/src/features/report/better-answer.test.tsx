import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { makeFragmentData } from '@/gql/fragment-masking';
import { AnswerFragment, BetterAnswer } from './better-answer';

const said = 'Zoë and I 🚀 shipped it, like, twice.';

describe('BetterAnswer', () => {
  it('shows the words behind a reworded part, and where they were said', async () => {
    const onShow = vi.fn();
    const answer = makeFragmentData(
      {
        __typename: 'AnswerReport',
        answerId: 'a1',
        judgedText: said,
        betterAnswer: {
          __typename: 'BetterAnswer',
          note: 'Shorter.',
          parts: [
            {
              __typename: 'BetterAnswerPart',
              kind: 'REWORDED',
              text: 'We shipped it twice.',
              span: { __typename: 'Span', start: 12, end: 35 },
            },
            { __typename: 'BetterAnswerPart', kind: 'TO_ADD', text: 'Say when.', span: null },
          ],
        },
      },
      AnswerFragment,
    );
    render(<BetterAnswer answer={answer} onShow={onShow} />);
    expect(screen.getByText('You said: “shipped it, like, twice”')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Show where you said it' }));
    expect(onShow).toHaveBeenCalledWith({ start: 12 });
  });
});
