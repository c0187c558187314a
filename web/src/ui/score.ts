import type { Tone } from './badge';

/** The colour of a score from 0 to 100; the number always stands beside it. */
export function scoreTone(score: number): Tone {
  if (score >= 75) return 'good';
  if (score >= 50) return 'accent';
  return 'warn';
}

export const toneStroke: Record<Tone, string> = {
  neutral: 'stroke-faint',
  accent: 'stroke-accent',
  good: 'stroke-good',
  warn: 'stroke-warn',
  bad: 'stroke-bad',
  info: 'stroke-info',
};

export const toneFill: Record<Tone, string> = {
  neutral: 'bg-faint',
  accent: 'bg-accent',
  good: 'bg-good',
  warn: 'bg-warn',
  bad: 'bg-bad',
  info: 'bg-info',
};
