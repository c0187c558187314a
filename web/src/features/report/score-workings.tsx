import { useState } from 'react';
import { type FragmentType, unmask } from '@/gql/fragment-masking';
import { graphql } from '@/gql/gql';
import { Button } from '@/ui/button';
import { Panel, PanelHeading } from '@/ui/panel';
import { Recomputed } from './recomputed';
import { total } from './weighed';

const AnswerFragment = graphql(`
  fragment ScoreWorkings_answer on AnswerReport {
    answerId
    counting
    ratings { criterion title level weight }
    ...AuditLines_answer
  }
`);

/** How the total was made: weights to play with, and the whole tree recomputed on demand. */
export function ScoreWorkings(props: {
  interviewId: string;
  overall: number | null;
  answers: FragmentType<typeof AnswerFragment>[];
}) {
  const answers = unmask(AnswerFragment, props.answers);
  return (
    <Panel aria-labelledby="score-workings">
      <PanelHeading
        id="score-workings"
        hint="Every number here can be traced to the words that you said and to the event that recorded them."
      >
        How was this scored?
      </PanelHeading>
      <div className="space-y-7">
        <Weights overall={props.overall} answers={answers} />
        <Recomputed interviewId={props.interviewId} answers={answers} />
      </div>
    </Panel>
  );
}

function Weights(props: {
  overall: number | null;
  answers: Parameters<typeof total>[0] extends (infer One)[]
    ? (One & { ratings: { title: string }[] })[]
    : never;
}) {
  const [factors, setFactors] = useState<Record<string, number>>({});
  const titles = new Map<string, string>();
  for (const { ratings } of props.answers) {
    for (const { criterion, title, level } of ratings) {
      if (level !== null && level !== undefined) titles.set(criterion, title);
    }
  }
  const moved = total(props.answers, factors);
  const isMoved = Object.values(factors).some((factor) => factor !== 1);
  return (
    <div>
      <h3 className="font-semibold">What if something counted more?</h3>
      <p className="mt-1 mb-4 max-w-prose text-sm text-muted">
        Move a weight to see what the total would be. This is only a view: your score stays what it
        is.
      </p>
      <div className="grid grid-cols-1 gap-x-10 gap-y-4 md:grid-cols-2">
        {[...titles].map(([criterion, title]) => {
          const factor = factors[criterion] ?? 1;
          return (
            <label key={criterion} className="block text-sm">
              <span className="flex justify-between gap-3">
                <span className="font-medium">{title}</span>
                <span className="text-muted tabular-nums">{factorText(factor)}</span>
              </span>
              <input
                type="range"
                min={0}
                max={3}
                step={0.25}
                value={factor}
                aria-valuetext={factorText(factor)}
                onChange={(event) =>
                  setFactors({ ...factors, [criterion]: Number(event.target.value) })
                }
                className="mt-1 w-full accent-accent-strong"
              />
            </label>
          );
        })}
      </div>
      <p className="mt-4 flex flex-wrap items-center gap-3" aria-live="polite">
        <span>
          With these weights:{' '}
          <strong className="tabular-nums">{moved === null ? '–' : Math.round(moved)}</strong>
          {props.overall !== null && (
            <span className="text-muted"> (your score: {Math.round(props.overall)})</span>
          )}
        </span>
        {isMoved && (
          <Button look="quiet" size="small" onClick={() => setFactors({})}>
            As it was
          </Button>
        )}
      </p>
    </div>
  );
}

function factorText(factor: number): string {
  if (factor === 0) return 'left out';
  return factor === 1 ? 'as in the rubric' : `${factor} times`;
}
