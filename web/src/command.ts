import type { OperationResult, TypedDocumentNode } from '@urql/core';
import { useCallback, useRef, useState } from 'react';
import { useClient } from 'urql';
import { backoffMs, pause } from './backoff';

export type RefusalShown = { code: string; message: string; field?: string | null };

type Payload = { refusal?: RefusalShown | null; position?: string | null };

type PayloadOf<Data> = Extract<Exclude<Data[keyof Data], string | undefined>, object>;

const unreachable: RefusalShown = {
  code: 'UNREACHABLE',
  message: 'The server did not answer. Nothing is lost: try again in a moment.',
};

const tries = 4;

/**
 * Sends a command, again while no answer comes back. Every try of one click carries one id, and so
 * does the next click with the same input until an answer is known, so that it has one effect.
 */
export function useCommand<Data extends object, Input extends { commandId: string }>(
  document: TypedDocumentNode<Data, { input: Input }>,
) {
  const client = useClient();
  const unanswered = useRef<{ input: string; commandId: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<RefusalShown | null>(null);
  const [refused, setRefused] = useState<PayloadOf<Data> | null>(null);

  const run = useCallback(
    async (input: Omit<Input, 'commandId'>): Promise<PayloadOf<Data> | null> => {
      const written = JSON.stringify(input);
      if (unanswered.current?.input !== written) {
        unanswered.current = { input: written, commandId: crypto.randomUUID() };
      }
      const { commandId } = unanswered.current;
      setBusy(true);
      try {
        const result = await sendUntilAnswered(() =>
          client.mutation(document, { input: { ...input, commandId } as Input }).toPromise(),
        );
        if (result.error || !result.data) {
          setRefusal(unreachable);
          return null;
        }
        unanswered.current = null;
        const payload = payloadOf<Data>(result.data);
        setRefusal(payload.refusal ?? null);
        setRefused(payload.refusal ? payload : null);
        return payload.refusal ? null : payload;
      } finally {
        setBusy(false);
      }
    },
    [client, document],
  );
  return { run, busy, refusal, refused };
}

async function sendUntilAnswered<Data>(
  send: () => Promise<OperationResult<Data>>,
): Promise<OperationResult<Data>> {
  let result = await send();
  for (let tried = 1; tried < tries && result.error?.networkError; tried++) {
    await pause(backoffMs(tried - 1));
    result = await send();
  }
  return result;
}

function payloadOf<Data extends object>(data: Data): PayloadOf<Data> & Payload {
  const found = Object.entries(data).find(([name]) => name !== '__typename');
  return found?.[1] as PayloadOf<Data> & Payload;
}
