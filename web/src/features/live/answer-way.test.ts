import { describe, expect, it } from 'vitest';
import { chosenWay, wayIn } from './answer-way';

describe('wayIn', () => {
  it('finds the way that was chosen', () => {
    const way = { by: 'voice', record: true };
    expect(wayIn({ atLeast: '7', way })).toEqual(way);
  });

  it.each([null, {}, { way: { by: 'singing' } }, 'way'])('finds none in %j', (state) => {
    expect(wayIn(state)).toBeNull();
    expect(chosenWay(state)).toEqual({ by: 'writing', record: false });
  });
});
