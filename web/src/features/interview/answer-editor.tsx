import { Quote, Send } from 'lucide-react';
import { type KeyboardEvent, useId, useState } from 'react';
import { useCommand } from '@/command';
import { type FragmentType, unmask } from '@/gql/fragment-masking';
import { graphql } from '@/gql/gql';
import type { QuestionKind } from '@/gql/graphql';
import { Button } from '@/ui/button';
import { FieldError, inputLook } from '@/ui/field';
import { countWords, plural } from '@/ui/format';
import { RefusalNote, refusalFor } from '@/ui/refusal-note';
import { SaveIndicator } from './save-indicator';
import { useAutosave } from './use-autosave';

const SubmitAnswer = graphql(`
  mutation SubmitAnswer($input: SubmitAnswerInput!) {
    submitAnswer(input: $input) {
      refusal { code message field }
      position
    }
  }
`);

export const QuestionFragment = graphql(`
  fragment AnswerEditor_question on AskedQuestion {
    id
    kind
    gap
    draft { revision text savedAt }
  }
`);

export function AnswerEditor(props: {
  interviewId: string;
  question: FragmentType<typeof QuestionFragment>;
  /** What was said aloud to this question before it is written; empty where nothing was. */
  said: string;
  onSubmitted: (position: string | null | undefined) => Promise<void>;
}) {
  const question = unmask(QuestionFragment, props.question);
  const { text, type, flush, finish, state } = useAutosave(
    props.interviewId,
    question.id,
    question.draft ?? null,
  );
  const { run, busy, refusal } = useCommand(SubmitAnswer);
  const [sent, setSent] = useState(false);
  const [empty, setEmpty] = useState(false);
  // Whoever goes on speaking adds only what is new.
  const [used, setUsed] = useState('');
  const more = props.said.startsWith(used) ? props.said.slice(used.length).trim() : props.said;
  const id = useId();
  const problem =
    refusalFor(refusal, 'text') ??
    (empty && text.trim() === ''
      ? 'Write a few words first. One honest sentence is a start.'
      : null);

  const submit = async () => {
    if (busy || sent) return;
    setEmpty(text.trim() === '');
    if (text.trim() === '') return;
    const done = await run({ interviewId: props.interviewId, questionId: question.id, text });
    if (!done) return;
    setSent(true);
    finish();
    await props.onSubmitted(done.position);
  };
  const takeSaid = () => {
    const parts = used === '' ? [more, text] : [text, more];
    type(parts.filter(Boolean).join('\n\n'));
    setUsed(props.said);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void submit();
    }
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
      className="space-y-3"
    >
      <label htmlFor={id} className="block font-medium">
        Your answer
      </label>
      {more !== '' && !text.includes(more) && <SaidOffer said={more} onUse={takeSaid} />}
      <textarea
        id={id}
        rows={10}
        value={text}
        readOnly={busy || sent}
        aria-describedby={`${id}-help`}
        aria-invalid={problem ? true : undefined}
        onChange={(event) => type(event.target.value)}
        onBlur={flush}
        onKeyDown={onKeyDown}
        className={`${inputLook} min-h-48 leading-relaxed`}
      />
      {problem && <FieldError>{problem}</FieldError>}
      <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
        {(text !== '' || state !== 'saved') && <SaveIndicator state={state} />}
        <span className="text-sm text-muted tabular-nums">{plural(countWords(text), 'word')}</span>
        <span className="grow" />
        <Button type="submit" busy={busy || sent}>
          <Send aria-hidden className="size-4" />
          Submit answer
        </Button>
      </div>
      <p id={`${id}-help`} className="text-sm text-muted">
        {helpFor(question)} <span className="whitespace-nowrap">Ctrl + Enter submits.</span>
      </p>
      <RefusalNote refusal={refusal} shownFields={['text']} />
    </form>
  );
}

/** What was said is not lost to whoever writes on. */
function SaidOffer({ said, onUse }: { said: string; onUse: () => void }) {
  return (
    <div className="space-y-2 rounded-xl bg-sunken p-4 text-sm">
      <p className="text-muted">You said {plural(countWords(said), 'word')} to this question:</p>
      <p className="line-clamp-3">{said}</p>
      <Button type="button" look="secondary" size="small" onClick={onUse}>
        <Quote aria-hidden className="size-4" />
        Begin with what I said
      </Button>
    </div>
  );
}

function helpFor({ kind, gap }: { kind: QuestionKind; gap: string | null }): string {
  if (gap !== null) {
    return 'This is read together with your answer before: you only need to add what is missing.';
  }
  return kind === 'BEHAVIOURAL'
    ? 'It helps to tell the situation, your task, what you did, and what came of it.'
    : 'It helps to say what it is, why it works that way, and when you would choose something else.';
}
