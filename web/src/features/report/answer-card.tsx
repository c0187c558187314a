import { useState } from 'react';
import { type FragmentType, unmask } from '@/gql/fragment-masking';
import { graphql } from '@/gql/gql';
import type { Counting } from '@/gql/graphql';
import { Badge } from '@/ui/badge';
import { formatSpan, plural } from '@/ui/format';
import { Panel } from '@/ui/panel';
import { scoreTone } from '@/ui/score';
import { Waiting } from '@/ui/states';
import { AnswerText } from './answer-text';
import { BetterAnswer } from './better-answer';
import { Contest } from './contest';
import { CoverageList } from './coverage-list';
import { DeliveryPanel } from './delivery-panel';
import { RatingList } from './rating-list';
import { ScoreRange } from './score-range';

const AnswerFragment = graphql(`
  fragment AnswerCard_answer on AnswerReport {
    answerId
    number
    followUp
    judgedWith
    counting
    attempt
    gap
    question
    kind
    topic
    resumeQuote
    durationMs
    wordCount
    evaluation
    failure
    overall
    overallInterval { low high }
    evaluator
    stoodIn
    ...AnswerText_answer
    ...RatingList_answer
    ...CoverageList_answer
    ...BetterAnswer_answer
    ...DeliveryPanel_answer
    ...Contest_answer
  }
`);

export function AnswerCard(props: {
  interviewId: string;
  answer: FragmentType<typeof AnswerFragment>;
  /** Shows a moment in the replay. */
  onJump: (ms: number) => void;
}) {
  const answer = unmask(AnswerFragment, props.answer);
  const { overall } = answer;
  const [shown, setShown] = useState<{ start: number } | null>(null);
  return (
    <Panel aria-labelledby={`answer-${answer.answerId}`}>
      <div className="flex items-start justify-between gap-4">
        <div className="min-w-0">
          <div className="flex flex-wrap gap-2">
            <Badge tone="accent">
              {answer.followUp ? `Follow-up to ${answer.number}` : `Question ${answer.number}`}
            </Badge>
            {answer.attempt > 1 && <Badge tone="info">Attempt {answer.attempt}</Badge>}
            <Badge>{answer.kind === 'BEHAVIOURAL' ? 'Behavioural' : 'Technical'}</Badge>
            <Badge>{answer.topic}</Badge>
          </div>
          <h2 id={`answer-${answer.answerId}`} className="mt-3 text-xl font-semibold">
            {answer.question}
          </h2>
        </div>
        {overall !== null && overall !== undefined && (
          <div className="shrink-0 text-right">
            <span className="font-display text-3xl font-semibold tabular-nums">
              {Math.round(overall)}
            </span>
            <Badge tone={scoreTone(overall)}>of 100</Badge>
            <ScoreRange interval={answer.overallInterval} of="criteria" />
            {answer.counting !== 'COUNTS' && (
              <p className="mt-1 text-xs text-muted">Not in the total</p>
            )}
          </div>
        )}
      </div>
      {answer.gap && <p className="mt-2 text-sm text-muted">Asked because of: {answer.gap}</p>}
      {answer.resumeQuote && (
        <p className="mt-2 text-sm text-muted">From your resume: “{answer.resumeQuote}”</p>
      )}
      <p className="mt-2 text-sm text-muted tabular-nums">
        {plural(answer.wordCount, 'word')} in {formatSpan(answer.durationMs / 1000)}
      </p>
      <Standing
        number={answer.number}
        counting={answer.counting}
        together={answer.judgedWith !== null}
      />
      <div className="mt-5 space-y-7">
        <AnswerText answer={answer} shown={shown} />
        {answer.evaluation === 'PENDING' && <Waiting>Reading this answer…</Waiting>}
        {answer.evaluation === 'FAILED' && (
          <p role="alert" className="rounded-xl bg-warn-soft px-4 py-3 text-warn">
            This answer could not be rated. {answer.failure} It is left out of the score.
          </p>
        )}
        {answer.evaluation === 'EVALUATED' && (
          <>
            <RatingList answer={answer} />
            <CoverageList answer={answer} />
            <BetterAnswer answer={answer} onShow={setShown} />
            <DeliveryPanel answer={answer} onJump={props.onJump} />
            <Contest interviewId={props.interviewId} answer={answer} />
            {answer.stoodIn && <p className="text-sm text-warn">{answer.stoodIn}</p>}
            {answer.evaluator && <p className="text-xs text-faint">Rated by {answer.evaluator}.</p>}
          </>
        )}
      </div>
    </Panel>
  );
}

/** Which score counts where there is more than one on the same question. */
function Standing(props: { number: number; counting: Counting; together: boolean }) {
  const text =
    props.counting === 'WITH_FOLLOW_UP'
      ? 'This is what your first answer got by itself. Your follow-up was read together with it, and that score counts for both.'
      : props.counting === 'TRIED_AGAIN'
        ? 'You tried again: the newest attempt counts.'
        : props.together &&
          `Scored together with your answer to question ${props.number}, which it completes: this score counts for both.`;
  return text ? <p className="mt-4 rounded-xl bg-accent-soft px-4 py-3 text-sm">{text}</p> : null;
}
