import { BadgeCheck, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useQuery } from 'urql';
import { type FragmentType, unmask } from '@/gql/fragment-masking';
import { graphql } from '@/gql/gql';
import type { ScoreAuditQuery as Audited } from '@/gql/graphql';
import { Button } from '@/ui/button';
import { Disclosure } from '@/ui/disclosure';
import { plural } from '@/ui/format';
import { Panel, PanelHeading } from '@/ui/panel';
import { ErrorState, Waiting } from '@/ui/states';
import { total } from './weighed';

const ScoreAudit = graphql(`
  query ScoreAudit($interviewId: ID!) {
    scoreAudit(interviewId: $interviewId) {
      differences
      notJudgedAgain
      lines { depth text difference event { position eventId } }
    }
  }
`);

const AnswerFragment = graphql(`
  fragment ScoreWorkings_answer on AnswerReport {
    answerId
    counting
    ratings { criterion title level weight }
  }
`);

type Audit = NonNullable<Audited['scoreAudit']>;

/** How the total was made: weights to play with, and the whole tree recomputed on demand. */
export function ScoreWorkings(props: {
  interviewId: string;
  overall: number | null;
  answers: FragmentType<typeof AnswerFragment>[];
}) {
  return (
    <Panel aria-labelledby="score-workings">
      <PanelHeading
        id="score-workings"
        hint="Every number here can be traced to the words that you said and to the event that recorded them."
      >
        How was this scored?
      </PanelHeading>
      <div className="space-y-7">
        <Weights overall={props.overall} answers={unmask(AnswerFragment, props.answers)} />
        <Recomputed interviewId={props.interviewId} />
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

function Recomputed({ interviewId }: { interviewId: string }) {
  const [asked, setAsked] = useState(false);
  const [{ data, error, fetching }, read] = useQuery({
    query: ScoreAudit,
    variables: { interviewId },
    pause: !asked,
    requestPolicy: 'network-only',
  });
  const audit = data?.scoreAudit;
  return (
    <div>
      <h3 className="font-semibold">Recompute it</h3>
      <p className="mt-1 mb-4 max-w-prose text-sm text-muted">
        Reads your answers again, works every number out anew, and checks that no record was changed
        since it was written.
      </p>
      <Button
        look="secondary"
        size="small"
        busy={fetching}
        onClick={() => (asked ? read() : setAsked(true))}
      >
        Recompute now
      </Button>
      <div className="mt-4" aria-live="polite">
        {fetching && <Waiting>Reading your answers again…</Waiting>}
        {!fetching && error && <ErrorState what="the recomputation" onRetry={read} />}
        {!fetching && audit && <Outcome audit={audit} />}
      </div>
    </div>
  );
}

function Outcome({ audit }: { audit: Audit }) {
  const holds = audit.differences === 0;
  const Sign = holds ? BadgeCheck : TriangleAlert;
  return (
    <>
      <p className={`mb-3 flex items-start gap-2 ${holds ? 'text-good' : 'text-bad'}`}>
        <Sign aria-hidden className="mt-0.5 size-5 shrink-0" />
        <span>
          {holds
            ? 'Every number was recomputed and agrees with what is recorded.'
            : `${plural(audit.differences, 'number')} did not come out as recorded. They are marked below.`}
          {audit.notJudgedAgain > 0 &&
            ` ${plural(audit.notJudgedAgain, 'verdict')} could not be come to again here; the totals were still checked.`}
        </span>
      </p>
      <Disclosure summary={`All ${audit.lines.length} lines`}>
        <ol className="max-h-128 overflow-auto rounded-xl bg-sunken p-4 font-mono text-xs">
          {audit.lines.map(({ depth, text, event, difference }, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines keep their order
            <li key={place} className="py-0.5" style={{ paddingInlineStart: `${depth * 1.25}rem` }}>
              <span className="break-words">{text}</span>
              {event && (
                <span className="text-faint" title={`Event ${event.eventId}`}>
                  {' '}
                  · event {event.position}
                </span>
              )}
              {difference && <span className="text-bad"> · differs: {difference}</span>}
            </li>
          ))}
        </ol>
      </Disclosure>
    </>
  );
}
