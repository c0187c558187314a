import { type ReactNode, useEffect } from 'react';
import { classNames } from './class-names';

type PageProps = {
  title: string;
  lead?: ReactNode;
  aside?: ReactNode;
  width?: 'wide' | 'reading' | 'form';
  children: ReactNode;
};

const widths = { wide: 'max-w-6xl', reading: 'max-w-4xl', form: 'max-w-lg' };

/** The frame of every screen: one h1, which is also the name of the tab. */
export function Page({ title, lead, aside, width = 'wide', children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Interaura`;
  }, [title]);
  return (
    <div className={classNames('mx-auto w-full px-4 py-8 sm:px-6 sm:py-12', widths[width])}>
      <header className="mb-8 flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
        <div className="min-w-0">
          <h1 className="text-3xl font-semibold break-words sm:text-4xl">{title}</h1>
          {lead && <div className="mt-2.5 max-w-prose text-muted">{lead}</div>}
        </div>
        {aside}
      </header>
      {children}
    </div>
  );
}
