import { screen } from '@testing-library/react';
import { renderWithServer } from '@tests/render';
import { describe, expect, it } from 'vitest';
import { makeFragmentData } from '@/gql/fragment-masking';
import type { ContestOutcome } from '@/gql/graphql';
import { AnswerFragment, Contest } from './contest';

const form = 'This score seems wrong to me';
const sameAgain = 'Nobody else can read it here, and the same readings would give the same score.';

describe('Contest', () => {
  it('puts the verdict that counts first, and says what came of it', async () => {
    await show({ evaluator: 'embedded/3+readings/1', outcomes: ['JUDGED_AGAIN'] });
    const columns = screen.getAllByRole('columnheader').map(({ textContent }) => textContent);
    expect(columns).toEqual(['Countsembedded/3+readings/1', 'Beforeembedded/3']);
    expect(screen.getByText('The score went from 72 to 78.')).toBeVisible();
  });

  it('offers no second time what comes out the same', async () => {
    await show({ evaluator: 'embedded/3+readings/1', outcomes: ['JUDGED_AGAIN'] });
    expect(await screen.findByText(sameAgain)).toBeVisible();
    expect(screen.queryByText(form)).toBeNull();
  });

  it('offers a second time where a model can read the answer', async () => {
    await show({
      evaluator: 'embedded/3+readings/1',
      outcomes: ['JUDGED_AGAIN'],
      languageModel: 'models.example',
    });
    expect(await screen.findByText(form)).toBeVisible();
    expect(screen.queryByText(sameAgain)).toBeNull();
  });

  it('offers another try after a failure only while there is one', async () => {
    const { unmount } = await show({ evaluator: 'embedded/3', outcomes: ['FAILED'] });
    expect(screen.getByText(/You may contest it once more/)).toBeVisible();
    unmount();
    await show({ evaluator: 'embedded/3', outcomes: ['FAILED', 'FAILED'], canContest: false });
    expect(screen.getAllByText(/so the score stands/)).toHaveLength(2);
    expect(screen.queryByText(/You may contest it once more/)).toBeNull();
  });
});

async function show(given: {
  evaluator: string;
  outcomes: ContestOutcome[];
  canContest?: boolean;
  languageModel?: string;
}) {
  const judgedAgain = given.outcomes.includes('JUDGED_AGAIN');
  const answer = makeFragmentData(
    {
      __typename: 'AnswerReport',
      answerId: 'a1',
      overall: 78,
      overallInterval: null,
      evaluator: given.evaluator,
      canContest: given.canContest ?? true,
      ratings: [
        { __typename: 'Rating', criterion: 'CLARITY', title: 'Clarity', level: 4.1, features: [] },
      ],
      contests: given.outcomes.map((outcome, place) => ({
        __typename: 'Contest' as const,
        reason: 'I named the result.',
        contestedAt: `2026-03-01T10:0${place}:00Z`,
        outcome,
      })),
      earlier: judgedAgain
        ? [
            {
              __typename: 'EarlierVerdict',
              evaluationId: 'e1',
              evaluator: 'embedded/3',
              overall: 72,
              overallInterval: null,
              evaluatedAt: null,
              ratings: [{ __typename: 'Rating', criterion: 'CLARITY', level: 3.9 }],
            },
          ]
        : [],
    },
    AnswerFragment,
  );
  const view = renderWithServer(<Contest interviewId="i1" answer={answer} />, '/', (server) => {
    server.world.languageModel = given.languageModel ?? null;
  });
  await screen.findAllByText(/You contested this score/);
  return view;
}
