import { Compass, TriangleAlert } from 'lucide-react';
import { Button, ButtonLink } from '@/ui/button';
import { Page } from '@/ui/page';
import { Panel } from '@/ui/panel';
import { EmptyState } from '@/ui/states';

export function NotFound() {
  return (
    <Page title="Not here" width="reading">
      <Panel>
        <EmptyState
          icon={<Compass aria-hidden className="size-6" />}
          title="This page does not exist"
          action={<ButtonLink to="/dashboard">To the dashboard</ButtonLink>}
        >
          The address may be mistyped, or what it showed belongs to another account.
        </EmptyState>
      </Panel>
    </Page>
  );
}

export function Broken() {
  return (
    <Page title="Something broke" width="reading">
      <Panel role="alert">
        <EmptyState
          icon={<TriangleAlert aria-hidden className="size-6" />}
          title="This screen stopped working"
          action={<Button onClick={() => location.reload()}>Load it again</Button>}
        >
          The fault is ours. What you wrote is kept, and loading the page again usually helps.
        </EmptyState>
      </Panel>
    </Page>
  );
}
