import type { AuditOutcome_AuditFragment } from '@/gql/graphql';

export type AuditLine = AuditOutcome_AuditFragment['lines'][number];

/** A line with what it rests on. */
export type AuditNode = { place: number; line: AuditLine; parts: AuditNode[] };

export type AuditedAnswer = {
  answerId: string;
  /** The one that counts first. */
  verdicts: AuditNode[];
  /** What holds for the answer, whatever the verdict on it. */
  records: AuditNode[];
};

const answerLine = /^answer (\S+) (?:has )?/;
const records = /^(asked|answered|contested by the candidate|delivery .*)$/;

/** The lines of an audit by answer, between those on the total and those on the whole interview. */
export function auditTree(lines: AuditLine[]) {
  const nodes = lines.map((line, place): AuditNode => ({ place, line, parts: [] }));
  const below = nodes.filter(({ line }) => line.depth > 0);
  const top = nodes.filter(({ line }) => line.depth === 0);
  const first = below[0]?.place ?? lines.length;
  return {
    total: top.filter(({ place }) => place < first),
    answers: byAnswer(forest(below)),
    rest: top.filter(({ place }) => place > first),
  };
}

function forest(nodes: AuditNode[]): AuditNode[] {
  const roots: AuditNode[] = [];
  const open: AuditNode[] = [];
  for (const node of nodes) {
    while ((open.at(-1)?.line.depth ?? -1) >= node.line.depth) open.pop();
    (open.at(-1)?.parts ?? roots).push(node);
    open.push(node);
  }
  return roots;
}

function byAnswer(roots: AuditNode[]): AuditedAnswer[] {
  const answers = new Map<string, AuditedAnswer>();
  for (const root of roots) {
    const answerId = answerLine.exec(root.line.text)?.[1] ?? '';
    const answer = answers.get(answerId) ?? { answerId, verdicts: [], records: [] };
    const isRecord = ({ line }: AuditNode) => records.test(line.text);
    answer.verdicts.push({ ...root, parts: root.parts.filter((part) => !isRecord(part)) });
    answer.records.push(...root.parts.filter(isRecord));
    answers.set(answerId, answer);
  }
  return [...answers.values()];
}

/** How many of these numbers, and of all below them, did not come out as recorded. */
export function differing(nodes: AuditNode[]): number {
  return nodes.reduce(
    (sum, { line, parts }) => sum + (line.difference ? 1 : 0) + differing(parts),
    0,
  );
}

/** Whether a line is one of the many values that a level was made from. */
export function isFigure({ line, parts }: AuditNode): boolean {
  return parts.length === 0 && /^\w+ = /.test(line.text);
}

/** The score that counts, as the audit has it. */
export function scoreOf({ verdicts }: AuditedAnswer): string | null {
  return /^answer \S+ score (\S+)/.exec(verdicts[0]?.line.text ?? '')?.[1] ?? null;
}

/** The answer that a verdict is on as well. */
export function togetherWith({ line }: AuditNode): string | null {
  return /, on answer (\S+) as well/.exec(line.text)?.[1] ?? null;
}

/** The words of a line below its answer's heading, with other answers by their names. */
export function worded(text: string, names: Map<string, string>): string {
  return text.replace(answerLine, '').replace(/, on answer (\S+) as well/, (whole, id) => {
    const name = names.get(id);
    return name ? `, on the answer to ${name} as well` : whole;
  });
}

/** Where the evidence that a line names stands in the answer. */
export function evidenceSpan(text: string): { start: number; end: number } | null {
  const [, start, end] = /^evidence at characters (\d+) to (\d+)$/.exec(text) ?? [];
  return start && end ? { start: Number(start), end: Number(end) } : null;
}
