import { Inbox } from 'lucide-react';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useCommand } from '@/command';
import { graphql } from '@/gql/gql';
import { Button, ButtonLink } from '@/ui/button';
import { RefusalNote } from '@/ui/refusal-note';

const ResendVerification = graphql(`
  mutation ResendVerification($input: CommandInput!) {
    resendVerification(input: $input) {
      refusal { code message field }
      position
    }
  }
`);

const OutboxKnown = graphql(`
  query OutboxKnown {
    outbox { id }
  }
`);

export function VerifyWaiting({ email }: { email: string | null | undefined }) {
  const { run, busy, refusal } = useCommand(ResendVerification);
  const [{ data }] = useQuery({ query: OutboxKnown });
  const [sent, setSent] = useState(0);
  const resend = async () => {
    if (await run({})) setSent((times) => times + 1);
  };
  return (
    <div className="space-y-5">
      <p>
        We sent a link to <strong className="break-words">{email ?? 'your address'}</strong>. Open
        it and you are in; this page goes on by itself.
      </p>
      {data?.outbox && (
        <div className="rounded-xl bg-accent-soft p-4 text-sm">
          <p className="mb-3">
            This copy of Interaura keeps its mail on this machine instead of sending it. You can
            read it here.
          </p>
          <ButtonLink to="/outbox" size="small">
            <Inbox aria-hidden className="size-4" />
            Open the outbox
          </ButtonLink>
        </div>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <Button look="secondary" busy={busy} onClick={resend}>
          Send it again
        </Button>
        <span role="status" className="text-sm text-muted">
          {sent > 0 && 'Sent. It may take a minute to arrive.'}
        </span>
      </div>
      <RefusalNote refusal={refusal} />
    </div>
  );
}
