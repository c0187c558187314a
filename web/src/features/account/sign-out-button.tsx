import { LogOut } from 'lucide-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useMutation } from 'urql';
import { useConnection } from '@/connection';
import { graphql } from '@/gql/gql';
import { forgetLocalDrafts } from '@/local-drafts';
import { forgetParts } from '@/part-shelf';
import { Button } from '@/ui/button';

const SignOut = graphql(`
  mutation SignOut {
    signOut { signedOut }
  }
`);

export function SignOutButton() {
  const [, signOut] = useMutation(SignOut);
  const [failed, setFailed] = useState(false);
  const { renew } = useConnection();
  const navigate = useNavigate();
  const leave = async () => {
    const { error } = await signOut({});
    setFailed(Boolean(error));
    if (error) return;
    forgetLocalDrafts();
    await forgetParts();
    await navigate('/');
    renew();
  };
  return (
    <Button look="quiet" size="small" onClick={leave}>
      <LogOut aria-hidden className="size-4" />
      {failed ? 'Try to sign out again' : 'Sign out'}
    </Button>
  );
}
