import { useReducedMotion } from 'motion/react';
import * as m from 'motion/react-m';
import { scoreTone, toneStroke } from './score';

const radius = 52;
const length = 2 * Math.PI * radius;

/** A score from 0 to 100. Null is shown as not known, never as zero. */
export function ScoreRing({
  score,
  label,
  size = 'large',
}: {
  score: number | null | undefined;
  label: string;
  size?: 'large' | 'small';
}) {
  const still = useReducedMotion();
  const known = score !== null && score !== undefined;
  const drawn = known ? length * (1 - Math.min(100, Math.max(0, score)) / 100) : length;
  return (
    <div
      role="img"
      aria-label={known ? `${label}: ${Math.round(score)} of 100` : `${label}: not known yet`}
      className={size === 'large' ? 'relative size-36' : 'relative size-20'}
    >
      <svg viewBox="0 0 120 120" className="size-full -rotate-90" aria-hidden>
        <circle cx="60" cy="60" r={radius} fill="none" strokeWidth="9" className="stroke-line" />
        {known && (
          <m.circle
            cx="60"
            cy="60"
            r={radius}
            fill="none"
            strokeWidth="9"
            strokeLinecap="round"
            strokeDasharray={length}
            className={toneStroke[scoreTone(score)]}
            initial={still ? false : { strokeDashoffset: length }}
            animate={{ strokeDashoffset: drawn }}
            transition={{ duration: 0.9, ease: [0.2, 0.8, 0.2, 1] }}
          />
        )}
      </svg>
      <div aria-hidden className="absolute inset-0 grid place-content-center text-center">
        <span
          className={`font-display font-semibold tabular-nums ${size === 'large' ? 'text-4xl' : 'text-xl'}`}
        >
          {known ? Math.round(score) : '–'}
        </span>
        {size === 'large' && <span className="text-xs text-muted">of 100</span>}
      </div>
    </div>
  );
}
