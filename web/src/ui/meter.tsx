import { useReducedMotion } from 'motion/react';
import * as m from 'motion/react-m';
import type { Tone } from './badge';
import { classNames } from './class-names';
import { toneFill } from './score';

type MeterProps = {
  value: number;
  min?: number;
  max: number;
  label: string;
  tone?: Tone;
  className?: string;
};

export function Meter({ value, min = 0, max, label, tone = 'accent', className }: MeterProps) {
  const still = useReducedMotion();
  const share = max > min ? Math.min(1, Math.max(0, (value - min) / (max - min))) : 0;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a <meter> cannot be given our looks in every browser
    <div
      role="meter"
      aria-label={label}
      aria-valuemin={min}
      aria-valuemax={max}
      aria-valuenow={value}
      className={classNames('h-2 overflow-hidden rounded-full bg-line', className)}
    >
      <m.div
        className={classNames('h-full rounded-full', toneFill[tone])}
        initial={still ? false : { width: 0 }}
        animate={{ width: `${share * 100}%` }}
        transition={{ duration: 0.6, ease: 'easeOut' }}
      />
    </div>
  );
}

export function ProgressBar({ value, label }: { value: number; label: string }) {
  const percent = Math.round(value * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      className="h-2 overflow-hidden rounded-full bg-line"
    >
      <div
        className="h-full rounded-full bg-accent transition-[width] duration-200"
        style={{ width: `${percent}%` }}
      />
    </div>
  );
}
