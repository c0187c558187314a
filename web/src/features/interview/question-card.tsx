import { CornerDownRight, FileText, Gauge, RotateCcw } from 'lucide-react';
import { useReducedMotion } from 'motion/react';
import * as m from 'motion/react-m';
import { useEffect, useRef } from 'react';
import { type FragmentType, unmask } from '@/gql/fragment-masking';
import { graphql } from '@/gql/gql';
import { Badge } from '@/ui/badge';

const QuestionFragment = graphql(`
  fragment QuestionCard_question on AskedQuestion {
    id
    number
    text
    kind
    topic
    gap
    adapted
    takesUp
    attempt
    resumeQuote
  }
`);

export function QuestionCard(props: {
  question: FragmentType<typeof QuestionFragment>;
  questions: number;
  /** Takes the focus when it appears, so that a screen reader reads it. */
  announce: boolean;
}) {
  const question = unmask(QuestionFragment, props.question);
  const still = useReducedMotion();
  const heading = useRef<HTMLHeadingElement>(null);
  const { announce } = props;
  useEffect(() => {
    if (announce) heading.current?.focus();
  }, [announce]);
  return (
    <m.div
      initial={still ? false : { opacity: 0, y: 12 }}
      animate={{ opacity: 1, y: 0 }}
      transition={{ duration: 0.35, ease: 'easeOut' }}
    >
      <div className="flex flex-wrap items-center gap-2">
        <Badge tone="accent">
          {question.gap
            ? `Follow-up to question ${question.number}`
            : `Question ${question.number} of ${props.questions}`}
        </Badge>
        {question.attempt > 1 && <Badge tone="info">Attempt {question.attempt}</Badge>}
        <Badge>{question.kind === 'BEHAVIOURAL' ? 'Behavioural' : 'Technical'}</Badge>
        <Badge>{question.topic}</Badge>
      </div>
      <h2
        ref={heading}
        tabIndex={-1}
        className="mt-4 text-2xl font-semibold outline-none sm:text-3xl"
      >
        {question.text}
      </h2>
      {question.gap && (
        <p className="mt-4 flex gap-2 text-muted">
          <CornerDownRight aria-hidden className="mt-1 size-4 shrink-0 text-accent" />
          <span>
            Why this question: <strong>{question.gap}</strong>
          </span>
        </p>
      )}
      {question.adapted && !question.gap && (
        <p className="mt-4 flex gap-2 text-muted">
          <Gauge aria-hidden className="mt-1 size-4 shrink-0 text-accent" />
          <span>{question.adapted}</span>
        </p>
      )}
      {question.takesUp && !question.gap && (
        <p className="mt-4 flex gap-2 text-muted">
          <RotateCcw aria-hidden className="mt-1 size-4 shrink-0 text-accent" />
          <span>
            This topic was hard for you in an earlier interview. Here is another chance at it.
          </span>
        </p>
      )}
      {question.resumeQuote && (
        <p className="mt-4 flex gap-2 text-muted">
          <FileText aria-hidden className="mt-1 size-4 shrink-0 text-accent" />
          <span>From your resume: “{question.resumeQuote}”</span>
        </p>
      )}
    </m.div>
  );
}
