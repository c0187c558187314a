import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { forgetParts, shelfOf } from './part-shelf';

const body = (text: string) => new Blob([text]);
const numbers = async (interviewId: string) =>
  (await shelfOf(interviewId).left()).map(({ number }) => number);

describe('shelfOf', () => {
  beforeEach(forgetParts);

  it('gives back what was kept, in order, and not what was dropped', async () => {
    const shelf = shelfOf('i1');
    for (const number of [10_001, 2, 11]) await shelf.keep({ number, body: body('x') });
    await shelf.drop(11);
    expect(await numbers('i1')).toEqual([2, 10_001]);
  });

  it('throws away what is left of other interviews', async () => {
    await shelfOf('i1').keep({ number: 1, body: body('x') });
    expect(await numbers('i2')).toEqual([]);
    expect(await numbers('i1')).toEqual([]);
  });

  it('is empty once it is forgotten', async () => {
    await shelfOf('i1').keep({ number: 1, body: body('x') });
    await forgetParts();
    expect(await numbers('i1')).toEqual([]);
  });
});
