import { type FragmentType, unmask } from '@/gql/fragment-masking';
import { graphql } from '@/gql/gql';
import type { AuditLines_AnswerFragment } from '@/gql/graphql';
import { Badge } from '@/ui/badge';
import { Disclosure } from '@/ui/disclosure';
import { plural } from '@/ui/format';
import { quoted } from '@/ui/spans';
import {
  type AuditedAnswer,
  type AuditLine,
  type AuditNode,
  auditTree,
  differing,
  evidenceSpan,
  isFigure,
  scoreOf,
  togetherWith,
  worded,
} from './audit-tree';

export const AnswerFragment = graphql(`
  fragment AuditLines_answer on AnswerReport {
    answerId
    number
    followUp
    attempt
    question
    judgedText
    judgedWith
    coverage { point covered similarity }
  }
`);

type Answer = AuditLines_AnswerFragment;

/** Every line of an audit, by question: what differs is open, the rest opens on demand. */
export function AuditLines(props: {
  lines: AuditLine[];
  answers: FragmentType<typeof AnswerFragment>[];
}) {
  const answers = unmask(AnswerFragment, props.answers);
  const { total, answers: audited, rest } = auditTree(props.lines);
  const names = new Map(answers.map((answer) => [answer.answerId, nameOf(answer)]));
  return (
    <Disclosure
      summary={`All ${props.lines.length} lines`}
      open={props.lines.some(({ difference }) => difference)}
    >
      <div className="space-y-4 rounded-xl bg-sunken p-4 text-sm">
        <Plain nodes={total} />
        <ol className="space-y-3">
          {audited.map((one) => (
            <li key={one.answerId}>
              <Audited
                audited={one}
                answer={answers.find(({ answerId }) => answerId === one.answerId)}
                names={names}
              />
            </li>
          ))}
        </ol>
        <Plain nodes={rest} />
      </div>
    </Disclosure>
  );
}

function Plain({ nodes }: { nodes: AuditNode[] }) {
  return nodes.map(({ place, line }) => <Line key={place} line={line} text={line.text} />);
}

function Audited(props: {
  audited: AuditedAnswer;
  answer: Answer | undefined;
  names: Map<string, string>;
}) {
  const { audited, answer, names } = props;
  const { answerId, verdicts, records } = audited;
  const score = scoreOf(audited);
  const differences = differing([...verdicts, ...records]);
  const title = `${names.get(answerId) ?? `answer ${answerId}`}: ${score ? `${score} of 100` : 'no score'}`;
  return (
    <Disclosure
      open={differences > 0}
      summary={
        <span className="min-w-0 wrap-anywhere">
          {title[0]?.toUpperCase()}
          {title.slice(1)}{' '}
          {differences > 0 && <Badge tone="bad">{plural(differences, 'difference')}</Badge>}
          {answer && <span className="block font-normal text-ink">{answer.question}</span>}
        </span>
      }
    >
      <div className="space-y-3 pl-2 sm:pl-5">
        {verdicts.map((verdict) => (
          <div key={verdict.place}>
            <Line line={verdict.line} text={worded(verdict.line.text, names)} />
            <Parts nodes={verdict.parts} answer={answer} words={judgedWords(verdict, answer)} />
          </div>
        ))}
        <Parts nodes={records} answer={answer} words={null} />
      </div>
    </Disclosure>
  );
}

function nameOf({ number, followUp, attempt }: Answer): string {
  const question = followUp ? `follow-up to question ${number}` : `question ${number}`;
  return attempt > 1 ? `${question}, attempt ${attempt}` : question;
}

/** The words that a verdict's spans count in; null where the page does not have them. */
function judgedWords(verdict: AuditNode, answer: Answer | undefined): string | null {
  const isAtHand = answer && togetherWith(verdict) === (answer.judgedWith ?? null);
  return isAtHand ? answer.judgedText : null;
}

function Parts(props: { nodes: AuditNode[]; answer: Answer | undefined; words: string | null }) {
  const { nodes, answer, words } = props;
  const figures = nodes.filter(isFigure);
  return (
    <ul className="mt-1 space-y-1 border-l border-line pl-3">
      {figures.length > 0 && (
        <li>
          <Disclosure summary={plural(figures.length, 'figure')} open={differing(figures) > 0}>
            <ul className="grid gap-x-6 pb-2 text-muted tabular-nums sm:grid-cols-2">
              {figures.map(({ place, line }) => (
                <li key={place}>
                  <Line line={line} text={line.text.replaceAll('_', ' ')} />
                </li>
              ))}
            </ul>
          </Disclosure>
        </li>
      )}
      {nodes
        .filter((node) => !isFigure(node))
        .map(({ place, line, parts }) => (
          <li key={place}>
            <Line line={line} text={named(line.text, answer)} quote={quoteOf(line.text, words)} />
            {parts.length > 0 && <Parts nodes={parts} answer={answer} words={words} />}
          </li>
        ))}
    </ul>
  );
}

/** A line about a point of a good answer, with the point's own words. */
function named(text: string, answer: Answer | undefined): string {
  const index = Number(/^point (\d+) /.exec(text)?.[1] ?? -1);
  const point = answer?.coverage[index];
  if (!point) return text;
  const found = `${point.covered ? 'covered' : 'not covered'} at similarity ${point.similarity}`;
  // Another verdict may have found it elsewhere; then the report's point need not be this one.
  return text === `point ${index} ${found}` ? `point “${point.point}”: ${found}` : text;
}

function quoteOf(text: string, words: string | null): string | null {
  const span = evidenceSpan(text);
  return span && words ? quoted(words, span) : null;
}

function Line(props: { line: AuditLine; text: string; quote?: string | null }) {
  const { event, difference } = props.line;
  return (
    <p className="wrap-anywhere">
      <span>{props.text}</span>
      {props.quote && <span className="text-muted">: “{props.quote}”</span>}
      {difference && <span className="text-bad"> · differs: {difference}</span>}
      {event && (
        <span className="block text-xs text-faint">
          Event {event.position}, <span className="font-mono">{event.eventId}</span>
        </span>
      )}
    </p>
  );
}
