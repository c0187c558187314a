import { UserX } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { useCommand } from '@/command';
import { useConnection } from '@/connection';
import { graphql } from '@/gql/gql';
import { forgetLocalDrafts } from '@/local-drafts';
import { forgetParts } from '@/part-shelf';
import { Button } from '@/ui/button';
import { Disclosure } from '@/ui/disclosure';
import { TextField } from '@/ui/field';
import { Panel } from '@/ui/panel';
import { RefusalNote, refusalFor } from '@/ui/refusal-note';

const CloseAccount = graphql(`
  mutation CloseAccount($input: CloseAccountInput!) {
    closeAccount(input: $input) { refusal { code message field } position }
  }
`);

/** The way out: what is kept is erased, after the password was given once more. */
export function CloseAccountPanel() {
  return (
    <Panel aria-labelledby="close-account">
      <h2 id="close-account" className="text-lg font-semibold">
        Close your account
      </h2>
      <p className="mt-1 mb-4 text-sm text-muted">
        Erases your name and address, resumes, answers, recordings and reports, here and in every
        copy of the records: the key that opens them is destroyed. Nobody can bring them back, not
        even you. What went to an outside service, where one is used, is beyond our reach.
      </p>
      <Disclosure summary="I want to close my account">
        <CloseForm />
      </Disclosure>
    </Panel>
  );
}

function CloseForm() {
  const { run, busy, refusal } = useCommand(CloseAccount);
  const { renew } = useConnection();
  const navigate = useNavigate();
  const [password, setPassword] = useState('');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!(await run({ password }))) return;
    forgetLocalDrafts();
    await forgetParts();
    await navigate('/', { state: { accountClosed: true } });
    renew();
  };
  return (
    <form onSubmit={submit} noValidate className="space-y-4">
      <TextField
        label="Your password, once more"
        type="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        error={refusalFor(refusal, 'password')}
      />
      <RefusalNote refusal={refusal} shownFields={['password']} />
      <Button type="submit" look="secondary" busy={busy} disabled={password === ''}>
        <UserX aria-hidden className="size-4" />
        Erase everything and close
      </Button>
    </form>
  );
}
