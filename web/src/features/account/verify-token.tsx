import { useEffect, useRef } from 'react';
import { useNavigate } from 'react-router';
import { useCommand } from '@/command';
import { useConnection } from '@/connection';
import { graphql } from '@/gql/gql';
import { ButtonLink } from '@/ui/button';
import { RefusalNote } from '@/ui/refusal-note';
import { Waiting } from '@/ui/states';

const VerifyEmail = graphql(`
  mutation VerifyEmail($input: VerifyEmailInput!) {
    verifyEmail(input: $input) {
      refusal { code message field }
      position
      viewer { id }
    }
  }
`);

/** Uses the link of the mail once, and goes on by itself. */
export function VerifyToken({ token }: { token: string }) {
  const { run, refusal } = useCommand(VerifyEmail);
  const { renew } = useConnection();
  const navigate = useNavigate();
  const used = useRef<string | null>(null);
  useEffect(() => {
    if (used.current === token) return;
    used.current = token;
    void run({ token }).then(async (done) => {
      if (!done) return;
      await navigate('/verify', { replace: true });
      renew(done.position);
    });
  }, [token, run, renew, navigate]);

  if (!refusal) return <Waiting>Checking your link…</Waiting>;
  return (
    <div className="space-y-5">
      <RefusalNote refusal={refusal} />
      <ButtonLink to="/verify" look="secondary" replace>
        Send a new link
      </ButtonLink>
    </div>
  );
}
