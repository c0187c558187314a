import { describe, expect, it } from 'vitest';
import { formatSpan } from './format';

describe('formatSpan', () => {
  it('says a stretch of time as one says it', () => {
    expect([0, 1, 59.4, 61, 120, 125].map(formatSpan)).toEqual([
      '0 seconds',
      '1 second',
      '59 seconds',
      '1 min 1 s',
      '2 minutes',
      '2 min 5 s',
    ]);
  });
});
