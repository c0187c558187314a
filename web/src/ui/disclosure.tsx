import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';

export function Disclosure({ summary, children }: { summary: ReactNode; children: ReactNode }) {
  return (
    <details className="group/disclosure">
      <summary className="inline-flex list-none items-center gap-1.5 rounded-md text-sm font-medium text-accent [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden
          className="size-4 transition-transform group-open/disclosure:rotate-90"
        />
        {summary}
      </summary>
      <div className="mt-3">{children}</div>
    </details>
  );
}
