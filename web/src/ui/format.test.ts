import { describe, expect, it } from 'vitest';
import { durationInWords } from './format';

describe('durationInWords', () => {
  it('names one of a thing in the singular and leaves out what is nothing', () => {
    expect([0, 1, 59.6, 61, 120, 125].map(durationInWords)).toEqual([
      '0 seconds',
      '1 second',
      '1 minute',
      '1 minute 1 second',
      '2 minutes',
      '2 minutes 5 seconds',
    ]);
  });
});
