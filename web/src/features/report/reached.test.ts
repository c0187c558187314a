import { expect, test } from 'vitest';
import type { Counting } from '@/gql/graphql';
import { reachedScores } from './reached';

const own = (number: number, overall: number | null, counting: Counting = 'COUNTS') => ({
  number,
  followUp: false,
  judgedWith: null,
  counting,
  overall,
});

test('a follow-up that was judged alone takes nothing from the question', () => {
  const followUp = { ...own(2, 0), followUp: true };
  expect(reachedScores([own(1, 40), own(2, 75), followUp])).toEqual(
    new Map([
      [1, 40],
      [2, 75],
    ]),
  );
});

test('a follow-up that was judged together with the answer is what was reached', () => {
  const followUp = { ...own(2, 81), followUp: true, judgedWith: 'a' };
  expect(reachedScores([own(2, 62, 'WITH_FOLLOW_UP'), followUp]).get(2)).toBe(81);
});

test('a retry counts once it is judged', () => {
  expect(reachedScores([own(1, 40, 'TRIED_AGAIN'), own(1, null)]).get(1)).toBe(40);
  expect(reachedScores([own(1, 40, 'TRIED_AGAIN'), own(1, 62)]).get(1)).toBe(62);
});

test('what was not answered is not reached', () => {
  expect(reachedScores([]).has(3)).toBe(false);
  expect(reachedScores([own(3, null)]).get(3)).toBeNull();
});
