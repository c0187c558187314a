import type { ReplayPanel_ReplayFragment } from '@/gql/graphql';

type Replay = Pick<ReplayPanel_ReplayFragment, 'questions' | 'utterances'>;
type Line =
  | { kind: 'question'; atMs: number; question: Replay['questions'][number] }
  | { kind: 'speech'; atMs: number; utterance: Replay['utterances'][number] };

/** Questions and what was said, in the order of time. */
export function lineOf({ questions, utterances }: Replay): Line[] {
  const asked: Line[] = questions.map((question) => ({
    kind: 'question',
    atMs: question.askedMs,
    question,
  }));
  const said: Line[] = utterances.map((utterance) => ({
    kind: 'speech',
    atMs: utterance.startMs,
    utterance,
  }));
  return [...asked, ...said].sort((one, other) => one.atMs - other.atMs);
}
