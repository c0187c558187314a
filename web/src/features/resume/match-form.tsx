import { type FormEvent, useState } from 'react';
import { useCommand } from '@/command';
import { type FragmentType, unmask } from '@/gql/fragment-masking';
import { graphql } from '@/gql/gql';
import { usePrivacyNotes } from '@/third-parties';
import { Button } from '@/ui/button';
import { ChoiceCards } from '@/ui/choice-cards';
import { TextArea } from '@/ui/field';
import { Panel, PanelHeading } from '@/ui/panel';
import { Picker } from '@/ui/picker';
import { RefusalNote, refusalFor } from '@/ui/refusal-note';

const MatchResume = graphql(`
  mutation MatchResume($input: MatchResumeInput!) {
    matchResume(input: $input) {
      refusal { code message field }
      position
      matchId
    }
  }
`);

const RoleFragment = graphql(`
  fragment MatchForm_role on Role {
    slug
    title
    family
  }
`);

export function MatchForm(props: {
  resumeId: string;
  roles: FragmentType<typeof RoleFragment>[];
  onDone: (matchId: string | null | undefined, position: string | null | undefined) => void;
}) {
  const notes = usePrivacyNotes();
  const roles = unmask(RoleFragment, props.roles);
  const { run, busy, refusal } = useCommand(MatchResume);
  const [kind, setKind] = useState<'role' | 'post'>('role');
  const [role, setRole] = useState<string | null>(null);
  const [post, setPost] = useState('');
  const [missing, setMissing] = useState<string | null>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const given = kind === 'role' ? role : post.trim();
    setMissing(given ? null : kind === 'role' ? 'Choose a role.' : 'Paste the text of the post.');
    if (!given) return;
    const done = await run({
      resumeId: props.resumeId,
      ...(kind === 'role' ? { role: given } : { jobPost: given }),
    });
    if (done) props.onDone(done.matchId, done.position);
  };

  return (
    <Panel aria-labelledby="match-form">
      <PanelHeading id="match-form">Match it with something else</PanelHeading>
      <form onSubmit={submit} className="space-y-5">
        <ChoiceCards
          legend="Compare with"
          columns="grid-cols-2"
          choices={[
            { value: 'role', label: 'A role' },
            { value: 'post', label: 'A job post' },
          ]}
          value={kind}
          onChange={setKind}
        />
        {kind === 'role' ? (
          <Picker
            label="Role to compare with"
            placeholder="Search roles"
            options={roles.map((one) => ({ value: one.slug, label: one.title, group: one.family }))}
            value={role}
            onChange={setRole}
            error={refusalFor(refusal, 'role') ?? (role ? null : missing)}
          />
        ) : (
          <TextArea
            label="Text of the job post"
            rows={7}
            value={post}
            onChange={(event) => setPost(event.target.value)}
            hint={`Paste all of it. ${notes.post}`}
            error={refusalFor(refusal, 'jobPost') ?? (post.trim() ? null : missing)}
          />
        )}
        <RefusalNote refusal={refusal} shownFields={[kind === 'role' ? 'role' : 'jobPost']} />
        <Button type="submit" look="secondary" busy={busy}>
          Compare
        </Button>
      </form>
    </Panel>
  );
}
