import { Compass, TriangleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useRouteError } from 'react-router';
import { backoffMs, pause } from '@/backoff';
import { Button, ButtonLink } from '@/ui/button';
import { Page } from '@/ui/page';
import { Panel } from '@/ui/panel';
import { EmptyState, Waiting } from '@/ui/states';

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

/** A screen whose code did not arrive. The browser does not ask for it again on the same page. */
export class ScreenNotLoaded extends Error {}

export function Broken() {
  return useRouteError() instanceof ScreenNotLoaded ? <Unloaded /> : <Fault />;
}

function Unloaded() {
  const [givenUp, setGivenUp] = useState(false);
  useEffect(() => {
    let left = false;
    void reloadOnceServed(() => left).then((reloading) => setGivenUp(!reloading && !left));
    return () => {
      left = true;
    };
  }, []);
  if (givenUp) return <Fault />;
  return (
    <Page title="One moment" width="reading">
      <Panel>
        <Waiting>The server does not answer. This screen opens by itself once it does.</Waiting>
      </Panel>
    </Page>
  );
}

const reloadedKey = 'interaura.reloaded';
const reloadAgainAfterMs = 15_000;

/** Waits for the server and loads the page anew, but not twice in a row. */
async function reloadOnceServed(left: () => boolean): Promise<boolean> {
  const last = Number(sessionStorage.getItem(reloadedKey) ?? 0);
  if (Date.now() - last < reloadAgainAfterMs) return false;
  for (let tried = 0; !left(); tried++) {
    const answer = await fetch('/favicon.svg', { cache: 'no-store' }).catch(() => null);
    if (answer?.ok) {
      sessionStorage.setItem(reloadedKey, String(Date.now()));
      location.reload();
      return true;
    }
    await pause(backoffMs(tried));
  }
  return false;
}

function Fault() {
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
