import type { AnyVariables, CombinedError, TypedDocumentNode } from '@urql/core';
import { useCallback, useEffect, useRef } from 'react';
import { useClient, useQuery, useSubscription } from 'urql';
import { backoffMs } from './backoff';

type LiveOptions<QueryData, QueryVariables, SubscriptionData, SubscriptionVariables> = {
  query: TypedDocumentNode<QueryData, QueryVariables>;
  variables: QueryVariables;
  subscription: TypedDocumentNode<SubscriptionData, SubscriptionVariables>;
  subscribeTo: SubscriptionVariables;
  /** Subscribes only once this holds of the answer. */
  waitFor?: (data: QueryData) => boolean;
};

export type LiveResult<Data> = {
  data: Data | undefined;
  error: CombinedError | undefined;
  retry: () => void;
  /** Reads again once the server has come as far as a command's position. */
  catchUp: (position: string | null | undefined) => Promise<void>;
};

/**
 * A query that stays true: it is read once, and its rows change as the subscription sends them.
 * The query asks again after a fault, and whenever a row overtook its answer on the other wire.
 */
export function useLive<
  QueryData,
  QueryVariables extends AnyVariables,
  SubscriptionData,
  SubscriptionVariables extends AnyVariables,
>(
  options: LiveOptions<QueryData, QueryVariables, SubscriptionData, SubscriptionVariables>,
): LiveResult<QueryData> {
  const { query, variables } = options;
  const client = useClient();
  const [result, execute] = useQuery({
    query,
    variables,
    requestPolicy: 'cache-and-network',
  });
  const retry = useCallback(() => execute({ requestPolicy: 'network-only' }), [execute]);

  const rows = useRef(0);
  const paused = !result.data || !(options.waitFor?.(result.data) ?? true);
  useSubscription(
    { query: options.subscription, variables: options.subscribeTo, pause: paused },
    (_, row) => {
      rows.current += 1;
      return row;
    },
  );

  // A row that came while the answer was on its way may be newer than the answer.
  const reading = result.fetching || result.stale;
  const rowsAtStart = useRef(0);
  useEffect(() => {
    if (reading) rowsAtStart.current = rows.current;
    else if (!paused && rows.current !== rowsAtStart.current) {
      rowsAtStart.current = rows.current;
      retry();
    }
  }, [reading, paused, retry]);
  useRetry(Boolean(result.error) && !reading, retry);

  const asked = JSON.stringify(variables);
  const catchUp = useCallback(
    async (position: string | null | undefined) => {
      const reached = { ...JSON.parse(asked), atLeast: position ?? null };
      for (let round = 0, seen = -1; seen !== rows.current && round < 5; round++) {
        seen = rows.current;
        await client.query(query, reached, { requestPolicy: 'network-only' }).toPromise();
      }
    },
    [client, query, asked],
  );
  return { data: result.data ?? undefined, error: result.error, retry, catchUp };
}

function useRetry(failed: boolean, retry: () => void): void {
  const tries = useRef(0);
  useEffect(() => {
    if (!failed) return;
    const timer = setTimeout(
      () => {
        tries.current += 1;
        retry();
      },
      backoffMs(tries.current + 1),
    );
    return () => clearTimeout(timer);
  }, [failed, retry]);
}
