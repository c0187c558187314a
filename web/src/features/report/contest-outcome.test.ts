import { describe, expect, it } from 'vitest';
import { contestOutcome } from './contest-outcome';

const clarity = { criterion: 'CLARITY', title: 'Clarity', level: 3.4 };

function read(...levels: [number, number, number]) {
  const [given, fluent, firm] = levels;
  return [
    { name: 'level_before_ceiling', value: 9 },
    { name: 'level_as_given', value: given },
    { name: 'level_without_hesitation', value: fluent },
    { name: 'level_without_hedges', value: firm },
  ];
}

describe('contestOutcome', () => {
  it('says that nothing moved, and that all readings agree', () => {
    const counting = {
      evaluator: 'embedded/3+readings/1',
      overall: 78.4,
      ratings: [{ ...clarity, features: read(3.4, 3.41, 3.4) }],
    };
    expect(contestOutcome(counting, { overall: 78.1, ratings: [clarity] })).toBe(
      'The score is 78 as before, and so is every level. All 3 readings of your words agree on every level.',
    );
  });

  it('names what the readings differ on', () => {
    const counting = {
      evaluator: 'embedded/3+readings/1',
      overall: 81,
      ratings: [{ ...clarity, level: 3.8, features: read(3.4, 3.8, 4) }],
    };
    expect(contestOutcome(counting, { overall: 78, ratings: [clarity] })).toBe(
      'The score went from 78 to 81. The 3 readings of your words differ on clarity: the level in the middle counts.',
    );
  });

  it('speaks of no readings where another evaluator judged', () => {
    const counting = {
      evaluator: 'groq:some-model',
      overall: 78,
      ratings: [{ ...clarity, level: 3.6, features: [] }],
    };
    expect(contestOutcome(counting, { overall: 78, ratings: [clarity] })).toBe(
      'The score is 78 as before, though levels moved.',
    );
  });
});
