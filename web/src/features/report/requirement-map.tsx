import { type FragmentType, unmask } from '@/gql/fragment-masking';
import { graphql } from '@/gql/gql';
import type { RequirementMap_RoomFragment } from '@/gql/graphql';
import { Badge } from '@/ui/badge';
import { Disclosure } from '@/ui/disclosure';
import { plural } from '@/ui/format';
import { Panel } from '@/ui/panel';
import { scoreTone } from '@/ui/score';
import { reachedScores } from './reached';

const RoomFragment = graphql(`
  fragment RequirementMap_room on InterviewRoom {
    id
    requirements { name need questions }
  }
`);

const AnswerFragment = graphql(`
  fragment RequirementMap_answer on AnswerReport {
    answerId
    number
    followUp
    judgedWith
    counting
    overall
  }
`);

type Requirement = RequirementMap_RoomFragment['requirements'][number];

/** What the job asks for, and which question of the interview asked for it. */
export function RequirementMap(props: {
  room: FragmentType<typeof RoomFragment>;
  answers: FragmentType<typeof AnswerFragment>[];
}) {
  const { requirements } = unmask(RoomFragment, props.room);
  const answers = unmask(AnswerFragment, props.answers);
  if (requirements.length === 0) return null;
  const reached = reachedScores(answers);
  const isAsked = ({ questions }: Requirement) => questions.some((one) => reached.has(one));
  const covered = requirements.filter(isAsked);
  const musts = requirements.filter(({ need }) => need === 'MUST');
  const missing = requirements.filter((one) => !isAsked(one));
  return (
    <Panel aria-labelledby="requirements">
      <h2 id="requirements" className="text-xl font-semibold">
        What the job asks for
      </h2>
      <p className="mt-1 mb-4 text-sm text-muted">
        You were asked for {musts.filter(isAsked).length} of {plural(musts.length, 'requirement')}{' '}
        that count most, and for {covered.length} of {requirements.length} in all. The score is that
        of your newest answer to the question, its follow-up included.
      </p>
      {covered.length > 0 && (
        <ul className="divide-y divide-line">
          {covered.map((one) => (
            <li key={one.name} className="flex flex-wrap items-center justify-between gap-2 py-2">
              <span className="min-w-0 break-words">
                {one.name}
                {one.need === 'MUST' && <span className="text-sm text-muted"> · must have</span>}
              </span>
              <span className="flex flex-wrap gap-2">
                {one.questions
                  .filter((number) => reached.has(number))
                  .map((number) => (
                    <Question key={number} number={number} score={reached.get(number) ?? null} />
                  ))}
              </span>
            </li>
          ))}
        </ul>
      )}
      {missing.length > 0 && (
        <div className="mt-4">
          <Disclosure summary={`Not asked for this time (${missing.length})`}>
            <p className="text-sm text-muted">{missing.map(({ name }) => name).join(', ')}</p>
          </Disclosure>
        </div>
      )}
    </Panel>
  );
}

function Question({ number, score }: { number: number; score: number | null }) {
  return (
    <Badge tone={score === null ? undefined : scoreTone(score)}>
      Question {number}
      {score !== null && `: ${Math.round(score)} of 100`}
    </Badge>
  );
}
