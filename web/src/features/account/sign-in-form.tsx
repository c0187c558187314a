import { type FormEvent, useState } from 'react';
import { useCommand } from '@/command';
import { useConnection } from '@/connection';
import { graphql } from '@/gql/gql';
import { Button } from '@/ui/button';
import { TextField } from '@/ui/field';
import { RefusalNote, refusalFor } from '@/ui/refusal-note';

const SignIn = graphql(`
  mutation SignIn($input: SignInInput!) {
    signIn(input: $input) {
      refusal { code message field }
      position
      viewer { id }
    }
  }
`);

export function SignInForm() {
  const { run, busy, refusal } = useCommand(SignIn);
  const { renew } = useConnection();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    // The gate leads on, as soon as it sees who is signed in.
    const done = await run({ email, password });
    if (done) renew(done.position);
  };

  return (
    <form onSubmit={submit} noValidate className="space-y-5">
      <TextField
        label="Email"
        type="email"
        autoComplete="email"
        required
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        error={refusalFor(refusal, 'email')}
      />
      <TextField
        label="Password"
        type="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        error={refusalFor(refusal, 'password')}
      />
      <RefusalNote refusal={refusal} shownFields={['email', 'password']} />
      <Button type="submit" busy={busy} className="w-full">
        Sign in
      </Button>
    </form>
  );
}
