import { describe, expect, it } from 'vitest';
import { total, type Weighed } from './weighed';

const answer: Weighed = {
  answerId: 'a',
  counting: 'COUNTS',
  ratings: [
    { criterion: 'CLARITY', level: 5, weight: 0.5 },
    { criterion: 'STRUCTURE', level: 1, weight: 0.5 },
    { criterion: 'DEPTH', level: null, weight: 0 },
  ],
};

describe('total', () => {
  it('is the score as it is while no weight is moved', () => {
    expect(total([answer], {})).toBe(50);
  });

  it('follows the weights', () => {
    expect(total([answer], { CLARITY: 3 })).toBe(75);
    expect(total([answer], { CLARITY: 0 })).toBe(0);
    expect(total([answer], { CLARITY: 0, STRUCTURE: 0 })).toBeNull();
  });

  it('leaves out what does not count', () => {
    const before: Weighed = { ...answer, counting: 'TRIED_AGAIN' };
    const newer: Weighed = {
      ...answer,
      answerId: 'b',
      ratings: [{ criterion: 'CLARITY', level: 4, weight: 1 }],
    };
    expect(total([before, newer], {})).toBe(75);
    expect(total([{ ...before, counting: 'WITH_FOLLOW_UP' }, newer], {})).toBe(75);
    expect(total([before], {})).toBeNull();
  });
});
