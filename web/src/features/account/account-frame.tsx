import type { ReactNode } from 'react';
import { Page } from '@/ui/page';
import { Panel } from '@/ui/panel';

/** The narrow frame of the screens that lead into the app. */
export function AccountFrame({
  title,
  lead,
  children,
  below,
  after,
}: {
  title: string;
  lead: ReactNode;
  children: ReactNode;
  below?: ReactNode;
  /** Panels of their own below. */
  after?: ReactNode;
}) {
  return (
    <Page title={title} lead={lead} width="form">
      <Panel>{children}</Panel>
      {below && <p className="mt-5 text-center text-sm text-muted">{below}</p>}
      {after && <div className="mt-8">{after}</div>}
    </Page>
  );
}
