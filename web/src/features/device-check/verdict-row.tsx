import { CircleAlert, CircleCheck, LoaderCircle } from 'lucide-react';

type Tone = 'good' | 'warn' | 'waiting';

/** One thing that was checked, with what to do about it. */
export function VerdictRow({ tone, children }: { tone: Tone; children: React.ReactNode }) {
  return (
    <li className="flex gap-2 text-sm">
      {tone === 'good' && (
        <CircleCheck aria-label="Good:" className="mt-0.5 size-4 shrink-0 text-good" />
      )}
      {tone === 'warn' && (
        <CircleAlert aria-label="To change:" className="mt-0.5 size-4 shrink-0 text-warn" />
      )}
      {tone === 'waiting' && (
        <LoaderCircle aria-hidden className="mt-0.5 size-4 shrink-0 animate-spin text-faint" />
      )}
      <span>{children}</span>
    </li>
  );
}
