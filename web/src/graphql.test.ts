import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { OutboxDocument, OutboxKnownDocument, ViewerChangedDocument } from './gql/graphql';
import { createClient } from './graphql';
import type { LiveSocket } from './subscriptions';

const known: Record<string, string> = JSON.parse(
  readFileSync('../schemas/graphql/persisted.json', 'utf8'),
);

function setUp(naming: 'hash' | 'text') {
  const subscribe = vi.fn<LiveSocket['subscribe']>(() => () => undefined);
  const socket = {
    subscribe,
    state: () => 'open',
    onState: () => () => undefined,
    dispose: vi.fn(),
  };
  const fetch = vi.fn<typeof globalThis.fetch>(
    async () =>
      new Response('{"data":{"outbox":[]}}', { headers: { 'content-type': 'application/json' } }),
  );
  vi.stubGlobal('fetch', fetch);
  const client = createClient(socket as LiveSocket, naming);
  const sent = () => JSON.parse(String(fetch.mock.calls[0]?.[1]?.body));
  return { client, subscribe, sent };
}

describe('the client', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('names an operation by a hash that the server knows, and sends no text', async () => {
    const { client, sent } = setUp('hash');
    await client.query(OutboxKnownDocument, {}).toPromise();
    const { query, extensions } = sent();
    expect(query).toBeUndefined();
    expect(known[extensions.persistedQuery.sha256Hash]).toContain('query OutboxKnown');
  });

  it('gets what the cache needs: the text behind a hash asks for type names', async () => {
    const { client, sent } = setUp('hash');
    await client.query(OutboxDocument, {}).toPromise();
    expect(known[sent().extensions.persistedQuery.sha256Hash]).toContain('__typename');
  });

  it('names a subscription by its hash too', async () => {
    const { client, subscribe } = setUp('hash');
    client.subscription(ViewerChangedDocument, {}).subscribe(() => undefined);
    await vi.waitFor(() => expect(subscribe).toHaveBeenCalledOnce());
    const { query, extensions } = subscribe.mock.calls[0]?.[0] ?? {};
    expect(query).toBe('');
    const named = extensions?.persistedQuery as { sha256Hash: string } | undefined;
    expect(known[named?.sha256Hash ?? '']).toContain('subscription ViewerChanged');
  });

  it('sends the text in development', async () => {
    const { client, sent } = setUp('text');
    await client.query(OutboxKnownDocument, {}).toPromise();
    expect(sent().query).toContain('query OutboxKnown');
    expect(sent().extensions).toBeUndefined();
  });
});
