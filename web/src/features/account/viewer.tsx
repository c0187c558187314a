import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { useConnection } from '@/connection';
import { unmask } from '@/gql/fragment-masking';
import { graphql } from '@/gql/gql';
import type { ViewerContext_ViewerFragment } from '@/gql/graphql';
import { useLive } from '@/live';
import { ErrorState, Waiting } from '@/ui/states';

const ViewerFragment = graphql(`
  fragment ViewerContext_viewer on Viewer {
    id
    name
    email
    verified
    role { slug title }
    level
  }
`);

const ViewerQuery = graphql(`
  query Viewer($atLeast: Position) {
    viewer(atLeast: $atLeast) { id ...ViewerContext_viewer }
  }
`);

const ViewerSubscription = graphql(`
  subscription ViewerChanged {
    viewer { id ...ViewerContext_viewer }
  }
`);

type ViewerState = {
  viewer: ViewerContext_ViewerFragment | null;
  catchUp: (position: string | null | undefined) => Promise<void>;
};

const Context = createContext<ViewerState | null>(null);

/** Knows who is signed in before anything else is shown, and follows their changes. */
export function ViewerProvider({ children }: { children: ReactNode }) {
  const { atLeast } = useConnection();
  const variables = useMemo(() => ({ atLeast }), [atLeast]);
  const { data, error, retry, catchUp } = useLive({
    query: ViewerQuery,
    variables,
    subscription: ViewerSubscription,
    subscribeTo: {},
    waitFor: (data) => Boolean(data.viewer),
  });
  const viewer = unmask(ViewerFragment, data?.viewer ?? null);
  const state = useMemo(() => ({ viewer, catchUp }), [viewer, catchUp]);
  if (!data && error) {
    return (
      <div className="mx-auto max-w-lg px-4 py-16">
        <ErrorState what="your account" onRetry={retry} />
      </div>
    );
  }
  if (!data) {
    return (
      <div className="grid min-h-dvh place-content-center">
        <Waiting>Opening Interaura…</Waiting>
      </div>
    );
  }
  return <Context value={state}>{children}</Context>;
}

export function useViewerState(): ViewerState {
  const state = useContext(Context);
  if (!state) throw new Error('useViewerState is called outside ViewerProvider');
  return state;
}
