import type { ExecutionResult } from 'graphql';
import { createClient, type SubscribePayload } from 'graphql-ws';
import { backoffMs, pause } from './backoff';

export type ConnectionState = 'idle' | 'connecting' | 'open' | 'down';

type Sink = { next: (value: ExecutionResult) => void };

/** The WebSocket that every subscription shares. It retries for as long as somebody listens. */
export type LiveSocket = {
  subscribe: (payload: SubscribePayload, sink: Sink) => () => void;
  state: () => ConnectionState;
  onState: (listener: () => void) => () => void;
  dispose: () => void;
};

type EndingSink = Sink & { error: (error: unknown) => void; complete: () => void };

/**
 * Starts a subscription again whenever it ends: a server that restarts completes its subscriptions,
 * one that is overloaded fails them, and the screen should notice neither.
 */
export function keepSubscribed(
  start: (sink: EndingSink) => () => void,
  next: Sink['next'],
  wait: (tries: number) => Promise<void> = (tries) => pause(backoffMs(tries)),
): () => void {
  let stopped = false;
  let tries = 0;
  let stop = () => {};
  const begin = () => {
    let ended = false;
    const again = () => {
      if (stopped || ended) return;
      ended = true;
      void wait(tries++).then(() => {
        if (!stopped) begin();
      });
    };
    stop = start({
      next: (value) => {
        tries = 0;
        next(value);
      },
      error: again,
      complete: again,
    });
  };
  begin();
  return () => {
    stopped = true;
    stop();
  };
}

export function createSocket(): LiveSocket {
  let state: ConnectionState = 'idle';
  const listeners = new Set<() => void>();
  const become = (next: ConnectionState) => {
    state = next;
    for (const listener of listeners) listener();
  };

  const client = createClient({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
    lazy: true,
    lazyCloseTimeout: 3_000,
    keepAlive: 15_000,
    connectionAckWaitTimeout: 10_000,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: (retries) => pause(backoffMs(retries)),
    on: {
      connecting: (isRetry) => become(isRetry || state === 'down' ? 'down' : 'connecting'),
      connected: () => become('open'),
      closed: (event) => {
        const wanted = event instanceof CloseEvent && event.code === 1000;
        become(wanted ? 'idle' : 'down');
      },
    },
  });

  // A half-open socket after sleep shows itself only when a pong stays away.
  let lateness: ReturnType<typeof setTimeout> | undefined;
  client.on('ping', (received) => {
    if (!received) lateness = setTimeout(() => client.terminate(), 6_000);
  });
  client.on('pong', (received) => {
    if (received) clearTimeout(lateness);
  });
  client.on('closed', () => clearTimeout(lateness));

  return {
    subscribe: (payload, sink) =>
      keepSubscribed((ending) => client.subscribe(payload, ending as never), sink.next),
    state: () => state,
    onState: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose: () => void client.dispose(),
  };
}
