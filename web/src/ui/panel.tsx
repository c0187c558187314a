import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names';

export function Panel({ className, ...rest }: ComponentProps<'section'>) {
  return <section {...rest} className={classNames('glass p-5 sm:p-7', className)} />;
}

export function PanelHeading({
  children,
  aside,
  hint,
  id,
}: {
  children: ReactNode;
  aside?: ReactNode;
  hint?: ReactNode;
  id?: string;
}) {
  return (
    <div className="mb-5 flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
      <div className="min-w-0">
        <h2 id={id} className="text-xl font-semibold">
          {children}
        </h2>
        {hint && <p className="mt-1 max-w-prose text-sm text-muted">{hint}</p>}
      </div>
      {aside}
    </div>
  );
}
