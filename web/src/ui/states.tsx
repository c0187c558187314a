import { CloudOff, LoaderCircle } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button';
import { classNames } from './class-names';

export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={classNames('animate-pulse rounded-xl bg-line', className)} />;
}

/** Grey shapes in the place of what is coming. `label` is for those who do not see them. */
export function LoadingPanels({ label, count = 3 }: { label: string; count?: number }) {
  return (
    <div role="status" className="space-y-5">
      <span className="sr-only">{label}</span>
      {Array.from({ length: count }, (_, index) => index).map((index) => (
        <div key={index} className="glass space-y-4 p-7">
          <Skeleton className="h-5 w-2/5" />
          <Skeleton className="h-4 w-full" />
          <Skeleton className="h-4 w-4/5" />
        </div>
      ))}
    </div>
  );
}

export function EmptyState({
  icon,
  title,
  children,
  action,
}: {
  icon: ReactNode;
  title: string;
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-center gap-3 px-2 py-10 text-center">
      <div className="mb-1 grid size-14 place-content-center rounded-2xl bg-accent-soft text-accent">
        {icon}
      </div>
      <h2 className="text-xl font-semibold">{title}</h2>
      <p className="max-w-md text-muted">{children}</p>
      {action && <div className="mt-3 flex flex-wrap justify-center gap-3">{action}</div>}
    </div>
  );
}

export function ErrorState({ what, onRetry }: { what: string; onRetry: () => void }) {
  return (
    <div role="alert" className="glass p-6">
      <EmptyState
        icon={<CloudOff aria-hidden className="size-6" />}
        title={`We could not load ${what}`}
        action={
          <Button look="secondary" onClick={onRetry}>
            Try now
          </Button>
        }
      >
        The server did not answer. We keep trying; nothing you wrote is lost.
      </EmptyState>
    </div>
  );
}

export function Waiting({ children }: { children: ReactNode }) {
  return (
    <p role="status" className="flex items-center gap-2.5 text-muted">
      <LoaderCircle aria-hidden className="size-4 shrink-0 animate-spin text-accent" />
      <span>{children}</span>
    </p>
  );
}
