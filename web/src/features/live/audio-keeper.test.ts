import { describe, expect, it } from 'vitest';
import { AudioKeeper } from './audio-keeper';

const silence = new ArrayBuffer(2);

function spoken(chunks: number): AudioKeeper {
  const keeper = new AudioKeeper();
  for (let n = 0; n < chunks; n++) keeper.add(n * 100, silence);
  return keeper;
}

describe('AudioKeeper', () => {
  it('gives again what was not committed', () => {
    const keeper = spoken(10);
    keeper.committed(6);
    const { chunks, lost } = keeper.since(7);
    expect(chunks.map(({ sequence }) => sequence)).toEqual([7, 8, 9, 10]);
    expect(lost).toBeNull();
  });

  it('says what it no longer has', () => {
    const keeper = spoken(700);
    const { chunks, lost } = keeper.since(1);
    expect(lost).toEqual({ first: 1, last: 100 });
    expect(chunks).toHaveLength(600);
  });

  it('has nothing to send when the server has all of it', () => {
    const keeper = spoken(3);
    keeper.committed(3);
    expect(keeper.since(4)).toEqual({ chunks: [], lost: null });
    expect(keeper.add(0, silence).sequence).toBe(4);
  });

  it('counts on where the server stands after a reload', () => {
    const keeper = new AudioKeeper();
    expect(keeper.since(41)).toEqual({ chunks: [], lost: null });
    expect(keeper.add(0, silence).sequence).toBe(41);
  });
});
