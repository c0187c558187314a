import { describe, expect, it } from 'vitest';
import { timeLeft } from './time-left';

const question = { askedAt: '2026-03-01T10:00:00Z', pausedMs: 0, extendedSeconds: 0 };
const secondsIn = (seconds: number) => new Date(question.askedAt).getTime() + seconds * 1000;

describe('timeLeft', () => {
  it('counts down from the time a question has', () => {
    expect(timeLeft(question, 180, secondsIn(0))).toEqual({
      seconds: 180,
      share: 1,
      phase: 'calm',
    });
    expect(timeLeft(question, 180, secondsIn(90)).seconds).toBe(90);
  });

  it('nudges in the last minute and stops at zero', () => {
    expect(timeLeft(question, 180, secondsIn(121)).phase).toBe('soon');
    expect(timeLeft(question, 180, secondsIn(1000))).toEqual({
      seconds: 0,
      share: 0,
      phase: 'over',
    });
  });

  it('goes on when the time is extended', () => {
    const extended = { ...question, extendedSeconds: 60 };
    expect(timeLeft(extended, 180, secondsIn(190))).toMatchObject({ seconds: 50, phase: 'soon' });
  });

  it('stands still while the interview is paused', () => {
    const paused = { ...question, pausedMs: 600_000 };
    expect(timeLeft(paused, 180, secondsIn(690))).toMatchObject({ seconds: 90, phase: 'calm' });
  });

  it('shows all of the time when the clocks disagree', () => {
    expect(timeLeft(question, 180, secondsIn(-5)).seconds).toBe(180);
  });
});
