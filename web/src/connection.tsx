import type { Client } from '@urql/core';
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { Provider } from 'urql';
import { createClient } from './graphql';
import { type ConnectionState, createSocket, type LiveSocket } from './subscriptions';

type Connection = { client: Client; socket: LiveSocket; atLeast: string | null; number: number };

type ConnectionControl = {
  socket: LiveSocket;
  /** The position that reads have to reach, after a command that changed who is signed in. */
  atLeast: string | null;
  /** Forgets everything read so far and connects anew: another person may be signed in now. */
  renew: (atLeast?: string | null) => void;
};

const ConnectionContext = createContext<ConnectionControl | null>(null);

export function connect(): { client: Client; socket: LiveSocket } {
  const socket = createSocket();
  return { client: createClient(socket), socket };
}

export function ConnectionProvider({
  children,
  open = connect,
}: {
  children: ReactNode;
  open?: typeof connect;
}) {
  const [connection, setConnection] = useState<Connection>(() => ({
    ...open(),
    atLeast: null,
    number: 0,
  }));
  const connectAnew = useCallback(
    (atLeast: string | null) => {
      connection.socket.dispose();
      setConnection({ ...open(), atLeast, number: connection.number + 1 });
    },
    [connection, open],
  );
  // Tabs share one session: who signs out here is not left on the screen of another tab.
  const tabs = useRef<BroadcastChannel | null>(null);
  useEffect(() => {
    const channel = new BroadcastChannel('interaura-session');
    channel.onmessage = () => connectAnew(null);
    tabs.current = channel;
    return () => channel.close();
  }, [connectAnew]);
  const renew = useCallback(
    (atLeast: string | null = null) => {
      tabs.current?.postMessage('changed');
      connectAnew(atLeast);
    },
    [connectAnew],
  );
  const control = useMemo(
    () => ({ socket: connection.socket, atLeast: connection.atLeast, renew }),
    [connection, renew],
  );
  return (
    <ConnectionContext value={control}>
      <Provider key={connection.number} value={connection.client}>
        {children}
      </Provider>
    </ConnectionContext>
  );
}

export function useConnection(): ConnectionControl {
  const control = useContext(ConnectionContext);
  if (!control) throw new Error('useConnection is called outside ConnectionProvider');
  return control;
}

export function useConnectionState(): ConnectionState {
  const { socket } = useConnection();
  return useSyncExternalStore(socket.onState, socket.state);
}
