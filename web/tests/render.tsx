import { render } from '@testing-library/react';
import { Client, subscriptionExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { graphql } from 'graphql';
import type { ReactNode } from 'react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { fetchExchange } from 'urql';
import { ConnectionProvider } from '@/connection';
import { keys } from '@/graphql';
import { rootFor, schema } from './mock-server/schema';
import { World } from './mock-server/world';

export type TestServer = {
  world: World;
  userId: string | null;
  /** Set to make requests fail as if the line were cut. */
  offline: boolean;
  /** Every operation that arrived, by name, with its variables. */
  received: { name: string; variables: { input?: Record<string, unknown> } }[];
};

/** Shows a component before a server that lives in this process. */
export function renderWithServer(
  ui: ReactNode,
  path = '/',
  prepare: (server: TestServer) => void = () => undefined,
) {
  const server = createTestServer();
  prepare(server);
  const router = createMemoryRouter([{ path: '*', element: ui }], { initialEntries: [path] });
  const view = render(
    <ConnectionProvider open={() => connectTo(server)}>
      <RouterProvider router={router} />
    </ConnectionProvider>,
  );
  return { ...view, server, router };
}

function createTestServer(): TestServer {
  const world = new World();
  world.workMs = 1;
  return { world, userId: null, offline: false, received: [] };
}

function connectTo(server: TestServer) {
  const socket = {
    subscribe: () => () => undefined,
    state: () => 'open' as const,
    onState: () => () => true,
    dispose: () => undefined,
  };
  const client = new Client({
    url: 'http://test/graphql',
    preferGetMethod: false,
    fetch: (_, init) => answer(server, String(init?.body)),
    exchanges: [
      cacheExchange({ keys }),
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: () => ({ subscribe: () => ({ unsubscribe: () => undefined }) }),
      }),
    ],
  });
  return { client, socket };
}

async function answer(server: TestServer, body: string): Promise<Response> {
  const { query, variables, operationName } = JSON.parse(body);
  server.received.push({ name: operationName, variables });
  if (server.offline) throw new TypeError('The line is cut');
  const caller = {
    userId: server.userId,
    startSession: (userId: string | null) => {
      server.userId = userId;
    },
  };
  const result = await graphql({
    schema,
    source: query,
    variableValues: variables,
    rootValue: rootFor(server.world, caller),
  });
  return new Response(JSON.stringify(result), { headers: { 'content-type': 'application/json' } });
}
