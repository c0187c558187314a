import { type FormEvent, useState } from 'react';
import { useCommand } from '@/command';
import { type FragmentType, unmask } from '@/gql/fragment-masking';
import { graphql } from '@/gql/gql';
import type { ExperienceLevel } from '@/gql/graphql';
import { Badge } from '@/ui/badge';
import { Button } from '@/ui/button';
import { type Choice, ChoiceCards } from '@/ui/choice-cards';
import { FieldError, TextField } from '@/ui/field';
import { plural } from '@/ui/format';
import { Picker } from '@/ui/picker';
import { RefusalNote, refusalFor } from '@/ui/refusal-note';

const CompleteProfile = graphql(`
  mutation CompleteProfile($input: CompleteProfileInput!) {
    completeProfile(input: $input) {
      refusal { code message field }
      position
      viewer { id ...ViewerContext_viewer }
    }
  }
`);

const RoleFragment = graphql(`
  fragment ProfileForm_role on Role {
    slug
    title
    family
    summary
    questionCount
    skills { name need weight }
  }
`);

const ProfileViewer = graphql(`
  fragment ProfileForm_viewer on Viewer {
    id
    name
    role { slug }
    level
  }
`);

const levels: Choice<ExperienceLevel>[] = [
  { value: 'ENTRY', label: 'Entry', hint: 'First job, or up to two years' },
  { value: 'MID', label: 'Mid', hint: 'You work on your own' },
  { value: 'SENIOR', label: 'Senior', hint: 'Others ask you' },
  { value: 'LEAD', label: 'Lead', hint: 'You answer for a team' },
];

export function ProfileForm(props: {
  viewer: FragmentType<typeof ProfileViewer>;
  roles: FragmentType<typeof RoleFragment>[];
  onDone: (position: string | null | undefined) => void;
}) {
  const viewer = unmask(ProfileViewer, props.viewer);
  const roles = unmask(RoleFragment, props.roles);
  const { run, busy, refusal } = useCommand(CompleteProfile);
  const [name, setName] = useState<string | null>(null);
  const [role, setRole] = useState<string | null>(viewer.role?.slug ?? null);
  const [level, setLevel] = useState<ExperienceLevel | null>(viewer.level ?? null);
  const [missing, setMissing] = useState<{ role?: string; level?: string }>({});
  const chosen = roles.find((one) => one.slug === role);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setMissing({
      role: role ? undefined : 'Choose the role that you practise for.',
      level: level ? undefined : 'Choose the level closest to yours.',
    });
    if (!role || !level) return;
    const done = await run({ name: name ?? viewer.name ?? '', role, level });
    if (done) props.onDone(done.position);
  };

  return (
    <form onSubmit={submit} noValidate className="space-y-6">
      <TextField
        label="Your name"
        autoComplete="name"
        value={name ?? viewer.name ?? ''}
        onChange={(event) => setName(event.target.value)}
        error={refusalFor(refusal, 'name')}
      />
      <Picker
        label="Target role"
        placeholder="Search roles, for example “data”"
        options={roles.map((one) => ({ value: one.slug, label: one.title, group: one.family }))}
        value={role}
        onChange={setRole}
        error={refusalFor(refusal, 'role') ?? (role ? null : missing.role)}
      />
      {chosen && (
        <div className="rounded-xl bg-sunken p-4 text-sm">
          <p>{chosen.summary}</p>
          <ul aria-label="Skills this role asks for" className="mt-3 flex flex-wrap gap-1.5">
            {chosen.skills.slice(0, 12).map((skill) => (
              <li key={skill.name}>
                <Badge tone={skill.need === 'MUST' ? 'accent' : 'neutral'}>{skill.name}</Badge>
              </li>
            ))}
          </ul>
          <p className="mt-3 text-muted">
            {plural(chosen.questionCount, 'question')} to practise with.
          </p>
        </div>
      )}
      <ChoiceCards
        legend="Level"
        choices={levels}
        value={level}
        onChange={setLevel}
        columns="sm:grid-cols-2"
        error={!level && missing.level && <FieldError>{missing.level}</FieldError>}
      />
      <RefusalNote refusal={refusal} shownFields={['name', 'role']} />
      <Button type="submit" busy={busy} className="w-full sm:w-auto">
        Save and go on
      </Button>
    </form>
  );
}
