import type { TypedDocumentNode } from '@urql/core';
import type { ReactNode } from 'react';
import { type RefusalShown, useCommand } from '@/command';
import { Button } from '@/ui/button';
import { RefusalNote } from '@/ui/refusal-note';

type StepPayload = { refusal?: RefusalShown | null; position?: string | null };

/** A moment of the interview that waits for one press: ready, paused, or all questions answered. */
export function RoomStep<Data extends object>({
  title,
  children,
  action,
  command,
  interviewId,
  onDone,
}: {
  title: string;
  children: ReactNode;
  action: ReactNode;
  command: TypedDocumentNode<Data, { input: { commandId: string; interviewId: string } }>;
  interviewId: string;
  onDone: (position: string | null | undefined) => Promise<void>;
}) {
  const { run, busy, refusal } = useCommand(command);
  const press = async () => {
    const done = await run({ interviewId });
    if (done) await onDone((done as StepPayload).position);
  };
  return (
    <div className="space-y-5">
      <h2 className="text-2xl font-semibold sm:text-3xl">{title}</h2>
      <div className="max-w-prose space-y-2 text-muted">{children}</div>
      <Button size="large" busy={busy} onClick={press}>
        {action}
      </Button>
      <RefusalNote refusal={refusal} />
    </div>
  );
}
