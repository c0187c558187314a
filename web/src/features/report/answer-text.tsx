import { useEffect, useRef } from 'react';
import { type FragmentType, unmask } from '@/gql/fragment-masking';
import { graphql } from '@/gql/gql';
import type { AnswerText_AnswerFragment, StarPart } from '@/gql/graphql';
import { classNames } from '@/ui/class-names';
import { MarkedText } from '@/ui/marked-text';
import type { Mark } from '@/ui/spans';

const AnswerFragment = graphql(`
  fragment AnswerText_answer on AnswerReport {
    answerId
    judgedText
    judgedWith
    star { part span { start end } }
    ratings { title evidence { span { start end } } }
    betterAnswer { parts { span { start end } } }
  }
`);

type Kind = StarPart | 'EVIDENCE' | 'REUSED';

const looks: Record<Kind, string> = {
  SITUATION: 'bg-info-soft',
  TASK: 'bg-accent-soft',
  ACTION: 'bg-good-soft',
  RESULT: 'bg-warn-soft',
  EVIDENCE: 'underline decoration-accent decoration-2 underline-offset-4',
  // Most of an answer is; only a place that is looked for is brought out.
  REUSED: '',
};

const names: Record<Kind, string> = {
  SITUATION: 'Situation',
  TASK: 'Task',
  ACTION: 'Action',
  RESULT: 'Result',
  EVIDENCE: 'Evidence for a rating',
  REUSED: 'Used in the better answer',
};

/** The words as they were given. `shown` is the place to scroll to, in code points. */
export function AnswerText(props: {
  answer: FragmentType<typeof AnswerFragment>;
  shown: { start: number } | null;
}) {
  const answer = unmask(AnswerFragment, props.answer);
  const frame = useRef<HTMLDivElement>(null);
  const marks = marksOf(answer);
  const used = new Set(marks.map((mark) => mark.kind).filter((kind) => looks[kind] !== ''));
  const { shown } = props;
  useEffect(() => {
    if (!shown) return;
    const mark = frame.current?.querySelector(`[data-mark="${shown.start}"]`);
    mark?.scrollIntoView({ block: 'center', behavior: 'smooth' });
  }, [shown]);
  return (
    <div ref={frame}>
      <h3 className="mb-2 font-semibold">
        {answer.judgedWith ? 'Your answer and the follow-up, read as one' : 'Your answer'}
      </h3>
      {answer.judgedText.trim() === '' ? (
        <p className="text-muted">You left this one empty.</p>
      ) : (
        <MarkedText
          text={answer.judgedText}
          marks={marks}
          looks={looks}
          active={shown?.start}
          className="rounded-xl bg-sunken p-4 leading-loose sm:p-5"
        />
      )}
      {used.size > 0 && (
        <ul
          aria-label="What the marks mean"
          className="mt-2.5 flex flex-wrap gap-x-4 gap-y-1 text-xs"
        >
          {(Object.keys(names) as Kind[])
            .filter((kind) => used.has(kind))
            .map((kind) => (
              <li key={kind} className={classNames('rounded-sm px-1', looks[kind])}>
                {names[kind]}
              </li>
            ))}
        </ul>
      )}
    </div>
  );
}

function marksOf(answer: AnswerText_AnswerFragment): Mark<Kind>[] {
  const star = answer.star.map(({ part, span }) => ({
    start: span.start,
    end: span.end,
    kind: part,
    note: names[part],
  }));
  const evidence = answer.ratings.flatMap((rating) =>
    rating.evidence.map(({ span }) => ({
      start: span.start,
      end: span.end,
      kind: 'EVIDENCE' as const,
      note: `Evidence for ${rating.title.toLowerCase()}`,
    })),
  );
  const reused = (answer.betterAnswer?.parts ?? []).flatMap(({ span }) =>
    span ? [{ start: span.start, end: span.end, kind: 'REUSED' as const, note: names.REUSED }] : [],
  );
  return [...reused, ...star, ...evidence];
}
