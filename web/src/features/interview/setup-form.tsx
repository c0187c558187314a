import { type FormEvent, useState } from 'react';
import { useQuery } from 'urql';
import { useCommand } from '@/command';
import { type FragmentType, unmask } from '@/gql/fragment-masking';
import { graphql } from '@/gql/gql';
import type { InterviewMode } from '@/gql/graphql';
import { Button } from '@/ui/button';
import { type Choice, ChoiceCards } from '@/ui/choice-cards';
import { Field, FieldError, inputLook } from '@/ui/field';
import { Picker } from '@/ui/picker';
import { RefusalNote, refusalFor } from '@/ui/refusal-note';

const ConfigureInterview = graphql(`
  mutation ConfigureInterview($input: ConfigureInterviewInput!) {
    configureInterview(input: $input) {
      refusal { code message field }
      position
      interviewId
    }
  }
`);

const RoleFragment = graphql(`
  fragment SetupForm_role on Role {
    slug
    title
    family
    questionCount
  }
`);

const ResumeFragment = graphql(`
  fragment SetupForm_resume on ResumeSummary {
    id
    fileName
    stage
  }
`);

/** The job posts that a resume was matched with. */
const PostsQuery = graphql(`
  query SetupPosts($id: ID!) {
    resume(id: $id) {
      id
      matches { id targetTitle targetKind result { analyser } }
    }
  }
`);

const modes: Choice<InterviewMode>[] = [
  {
    value: 'BEHAVIOURAL',
    label: 'Behavioural',
    hint: 'What you did, and how you work with people',
  },
  { value: 'TECHNICAL', label: 'Technical', hint: 'What you know, and how you reason' },
  { value: 'MIXED', label: 'Mixed', hint: 'Both, as most interviews are' },
];

const difficulties: Choice<string>[] = [
  { value: '1', label: 'Gentle', hint: 'To warm up' },
  { value: '2', label: 'Easy', hint: 'The basics' },
  { value: '3', label: 'Realistic', hint: 'A usual interview' },
  { value: '4', label: 'Demanding', hint: 'Asks for depth' },
  { value: '5', label: 'Tough', hint: 'Hard on purpose' },
];

const counts: Choice<string>[] = ['3', '5', '8', '10'].map((value) => ({ value, label: value }));

const fields = ['mode', 'role', 'difficulty', 'questions', 'resumeId', 'matchId'];

export function SetupForm(props: {
  roles: FragmentType<typeof RoleFragment>[];
  resumes: FragmentType<typeof ResumeFragment>[];
  role: string | null;
  onDone: (interviewId: string, position: string | null | undefined) => void;
}) {
  const roles = unmask(RoleFragment, props.roles);
  const resumes = unmask(ResumeFragment, props.resumes).filter(({ stage }) => stage === 'READ');
  const { run, busy, refusal } = useCommand(ConfigureInterview);
  const [mode, setMode] = useState<InterviewMode>('MIXED');
  const [role, setRole] = useState<string | null>(props.role);
  const [difficulty, setDifficulty] = useState('3');
  const [questions, setQuestions] = useState('5');
  const [chosen, setChosen] = useState<string | null>(null);
  const resume = chosen ?? resumes[0]?.id ?? '';
  const [post, setPost] = useState('');
  const [{ data }] = useQuery({ query: PostsQuery, variables: { id: resume }, pause: !resume });
  const posts = (resume ? (data?.resume?.matches ?? []) : []).filter(
    ({ targetKind, result }) => targetKind === 'JOB_POST' && result,
  );
  const matchId = posts.some(({ id }) => id === post) ? post : '';

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!role) return;
    const done = await run({
      mode,
      role,
      difficulty: Number(difficulty),
      questions: Number(questions),
      ...(resume ? { resumeId: resume } : {}),
      ...(matchId ? { matchId } : {}),
    });
    if (done?.interviewId) props.onDone(done.interviewId, done.position);
  };
  const errorFor = (field: string) => {
    const message = refusalFor(refusal, field);
    return message && <FieldError>{message}</FieldError>;
  };

  return (
    <form onSubmit={submit} className="space-y-8">
      <ChoiceCards
        legend="Mode"
        choices={modes}
        value={mode}
        onChange={setMode}
        error={errorFor('mode')}
      />
      <Picker
        label="Role"
        options={roles.map((one) => ({ value: one.slug, label: one.title, group: one.family }))}
        value={role}
        onChange={setRole}
        error={refusalFor(refusal, 'role')}
      />
      <ChoiceCards
        legend="Difficulty"
        columns="grid-cols-1 min-[26rem]:grid-cols-2 lg:grid-cols-5"
        choices={difficulties}
        value={difficulty}
        onChange={setDifficulty}
        error={errorFor('difficulty')}
      />
      <ChoiceCards
        legend="Number of questions"
        columns="grid-cols-2 sm:grid-cols-4"
        choices={counts}
        value={questions}
        onChange={setQuestions}
        error={errorFor('questions')}
      />
      <Field
        label="Ask about my resume"
        hint={
          resumes.length === 0
            ? 'Add a resume first if you want questions about what is in it.'
            : 'Questions made from it show you the line they come from.'
        }
        error={refusalFor(refusal, 'resumeId')}
      >
        {(control) => (
          <select
            {...control}
            value={resume}
            onChange={(event) => setChosen(event.target.value)}
            className={`${inputLook} min-h-11`}
          >
            {resumes.map((one) => (
              <option key={one.id} value={one.id}>
                {one.fileName}
              </option>
            ))}
            <option value="">No, general questions only</option>
          </select>
        )}
      </Field>
      {posts.length > 0 && (
        <Field
          label="What the job asks for"
          hint="The questions are chosen to cover it; the report shows which question asked for what."
          error={refusalFor(refusal, 'matchId')}
        >
          {(control) => (
            <select
              {...control}
              value={matchId}
              onChange={(event) => setPost(event.target.value)}
              className={`${inputLook} min-h-11`}
            >
              <option value="">What the role usually asks for</option>
              {posts.map(({ id, targetTitle }) => (
                <option key={id} value={id}>
                  Job post: {targetTitle}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      <RefusalNote refusal={refusal} shownFields={fields} />
      <Button type="submit" size="large" busy={busy} disabled={!role} className="w-full sm:w-auto">
        Prepare the interview
      </Button>
    </form>
  );
}
