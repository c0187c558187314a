import { type FormEvent, useState } from 'react';
import { useCommand } from '@/command';
import { useConnection } from '@/connection';
import { graphql } from '@/gql/gql';
import { Button } from '@/ui/button';
import { TextField } from '@/ui/field';
import { RefusalNote, refusalFor } from '@/ui/refusal-note';

const Register = graphql(`
  mutation Register($input: RegisterInput!) {
    register(input: $input) {
      refusal { code message field }
      position
      viewer { id }
      passwordAdvice
    }
  }
`);

const fields = ['name', 'email', 'password'];

export function RegisterForm() {
  const { run, busy, refusal, refused } = useCommand(Register);
  const { renew } = useConnection();
  const [form, setForm] = useState({ name: '', email: '', password: '' });
  const advice = refused?.passwordAdvice ?? [];
  const set = (field: keyof typeof form) => (event: { target: { value: string } }) =>
    setForm((now) => ({ ...now, [field]: event.target.value }));

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    // The gate leads on, as soon as it sees who is signed in.
    const done = await run(form);
    if (done) renew(done.position);
  };

  return (
    <form onSubmit={submit} noValidate className="space-y-5">
      <TextField
        label="Your name"
        autoComplete="name"
        required
        value={form.name}
        onChange={set('name')}
        error={refusalFor(refusal, 'name')}
      />
      <TextField
        label="Email"
        type="email"
        autoComplete="email"
        required
        value={form.email}
        onChange={set('email')}
        error={refusalFor(refusal, 'email')}
      />
      <TextField
        label="Password"
        type="password"
        autoComplete="new-password"
        required
        value={form.password}
        onChange={set('password')}
        error={refusalFor(refusal, 'password')}
        hint="Long beats complicated: a few words that only you would put together work well."
      />
      {advice.length > 0 && (
        <ul className="list-disc space-y-1 pl-5 text-sm text-muted">
          {advice.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      <RefusalNote refusal={refusal} shownFields={fields} />
      <Button type="submit" busy={busy} className="w-full">
        Create account
      </Button>
    </form>
  );
}
