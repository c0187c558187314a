import { describe, expect, it } from 'vitest';
import { keepThinking, noThinking, readThinking, thoughtMs, toggled } from './thinking-time';

describe('thinking time', () => {
  it('adds up over all the times that the timer was held', () => {
    let time = toggled(noThinking, 1_000, 0);
    expect(thoughtMs(time, 31_000, 0)).toBe(30_000);
    time = toggled(time, 31_000, 0);
    expect(thoughtMs(time, 99_000, 0)).toBe(30_000);
    time = toggled(time, 100_000, 0);
    expect(thoughtMs(time, 110_000, 0)).toBe(40_000);
  });

  it('does not count a pause of the interview that the server knows of', () => {
    const time = toggled(noThinking, 0, 5_000);
    expect(thoughtMs(time, 100_000, 65_000)).toBe(40_000);
  });

  it('outlasts a reload, and what is no thinking time is none', () => {
    const time = toggled(noThinking, 1_000, 0);
    keepThinking('q1', time);
    expect(readThinking('q1')).toEqual(time);
    sessionStorage.setItem('interaura.thinking.q2', '{"heldMs":"long","since":null}');
    expect(readThinking('q2')).toEqual(noThinking);
  });
});
