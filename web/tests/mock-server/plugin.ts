import { readFileSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { execute, graphql, parse, subscribe } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import type { Connect, Plugin } from 'vite';
import { WebSocketServer } from 'ws';
import { newSession, rootFor, schema, subscriptionRootFor } from './schema';
import { seed } from './seed';
import { World } from './world';
import { addResume } from './write';

/** Serves the contract from memory, for development and for looking at every screen. */
export function mockServer(): Plugin {
  const world = new World();
  seed(world);
  const attach = (middlewares: Connect.Server, server: unknown) => {
    middlewares.use('/graphql', (request, response) => void answer(world, request, response));
    middlewares.use(
      '/api/uploads/resume',
      (request, response) => void upload(world, request, response),
    );
    if (server) serveSubscriptions(world, server as Server);
  };
  return {
    name: 'interaura-mock-server',
    configureServer: ({ middlewares, httpServer }) => attach(middlewares, httpServer),
    configurePreviewServer: ({ middlewares, httpServer }) => attach(middlewares, httpServer),
  };
}

type Asked = { query?: string; extensions?: Record<string, unknown> | null };

/** The text of an operation; built pages name it by its hash. */
function textOf({ query, extensions }: Asked): string {
  if (query) return query;
  const list = new URL('../../../schemas/graphql/persisted.json', import.meta.url);
  const known: Record<string, string> = JSON.parse(readFileSync(list, 'utf8'));
  const named = extensions?.persistedQuery as { sha256Hash: string } | undefined;
  return known[named?.sha256Hash ?? ''] ?? '';
}

function sessionOf(request: IncomingMessage): string {
  return /session=([^;]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function answer(world: World, request: IncomingMessage, response: ServerResponse) {
  const asked = JSON.parse((await bodyOf(request)).toString());
  if (request.headers['x-interaura-client'] !== 'web') {
    return send(response, 403, {
      errors: [{ message: 'The header x-interaura-client is missing' }],
    });
  }
  const startSession = (userId: string | null) => {
    const session = newSession();
    if (userId) world.sessions.set(session, userId);
    else world.sessions.delete(sessionOf(request));
    response.setHeader('set-cookie', `session=${session}; Path=/; HttpOnly; SameSite=Lax`);
  };
  const userId = world.sessions.get(sessionOf(request)) ?? null;
  const result = await graphql({
    schema,
    source: textOf(asked),
    variableValues: asked.variables,
    rootValue: rootFor(world, { userId, startSession }),
  });
  send(response, 200, result);
}

async function upload(world: World, request: IncomingMessage, response: ServerResponse) {
  const body = (await bodyOf(request)).toString('latin1');
  const userId = world.sessions.get(sessionOf(request));
  if (!userId) return send(response, 401, { code: 'NOT_SIGNED_IN', message: 'Sign in first.' });
  const fileName = Buffer.from(
    /filename="([^"]*)"/.exec(body)?.[1] ?? 'resume.pdf',
    'latin1',
  ).toString();
  const role = /name="role"\r\n\r\n([^\r]*)/.exec(body)?.[1] ?? null;
  if (!body.includes('%PDF') && fileName.endsWith('.pdf')) {
    return send(response, 415, {
      code: 'UNSUPPORTED',
      message: 'The file says PDF but is none. Export it again.',
    });
  }
  const resume = addResume(world, userId, fileName, body.length, role);
  send(response, 202, { resumeId: resume.id, position: world.changed() });
}

function serveSubscriptions(world: World, server: Server): void {
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: () => 'graphql-transport-ws',
  });
  useServer<Record<string, unknown>, { request: IncomingMessage }>(
    {
      context: ({ extra }) => ({ request: extra.request }),
      // graphql-ws may load another copy of graphql-js than the one that made our schema.
      onSubscribe: (_context, _id, asked) => ({
        schema,
        document: parse(textOf(asked)),
        variableValues: asked.variables,
      }),
      execute,
      subscribe: (args) => {
        const request = (args.contextValue as { request: IncomingMessage }).request;
        const userId = world.sessions.get(sessionOf(request)) ?? null;
        const ended = new AbortController();
        request.socket.once('close', () => ended.abort());
        const rootValue = subscriptionRootFor(world, { userId }, ended.signal);
        return subscribe({ ...args, rootValue });
      },
    },
    sockets,
  );
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (request.headers['sec-websocket-protocol'] !== 'graphql-transport-ws') return;
    sockets.handleUpgrade(request, socket, head, (opened) =>
      sockets.emit('connection', opened, request),
    );
  });
}
