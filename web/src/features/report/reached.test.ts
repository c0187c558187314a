import { expect, test } from 'vitest';
import { reachedScores } from './reached';

const own = (number: number, score: number | null) => ({ number, gap: null, answer: { score } });

test('a poor follow-up takes nothing from the question', () => {
  const followUp = { number: 2, gap: 'No result', answer: { score: 0 } };
  expect(reachedScores([own(1, 40), own(2, 75), followUp])).toEqual(
    new Map([
      [1, 40],
      [2, 75],
    ]),
  );
});

test('a retry counts once it is judged', () => {
  expect(reachedScores([own(1, 40), own(1, null)]).get(1)).toBe(40);
  expect(reachedScores([own(1, 40), own(1, 62)]).get(1)).toBe(62);
});

test('what was not answered is not reached', () => {
  expect(reachedScores([{ number: 3, gap: null, answer: null }]).has(3)).toBe(false);
  expect(reachedScores([own(3, null)]).get(3)).toBeNull();
});
