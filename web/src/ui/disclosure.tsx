import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';

export function Disclosure({
  summary,
  open = false,
  children,
}: {
  summary: ReactNode;
  /** Whether it begins open. */
  open?: boolean;
  children: ReactNode;
}) {
  return (
    <details open={open}>
      <summary className="inline-flex list-none items-center gap-1.5 rounded-md text-sm font-medium text-accent [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden
          // Only its own: one that lies in an open one may be closed.
          className="size-4 shrink-0 transition-transform [[open]>summary>&]:rotate-90"
        />
        {summary}
      </summary>
      <div className="mt-3">{children}</div>
    </details>
  );
}
