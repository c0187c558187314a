import { spanOf } from './library';

const titles = {
  RELEVANCE: 'Relevance',
  CLARITY: 'Clarity',
  STRUCTURE: 'Structure',
  CORRECTNESS: 'Correctness',
  DEPTH: 'Depth',
};
export type Criterion = keyof typeof titles;
export const criteria = Object.keys(titles) as Criterion[];
export const titleOf = (criterion: Criterion) => titles[criterion];

const anchors: Record<Criterion, string> = {
  RELEVANCE: 'Answers the question that was asked, with little beside it.',
  CLARITY: 'Easy to follow; a sentence or two try to say too much.',
  STRUCTURE: 'Situation and action are told; the result is thin.',
  CORRECTNESS: 'Right in what it says, with one loose statement.',
  DEPTH: 'Names reasons, but no alternatives.',
};

/** A verdict with the shape of a real one; its figures are made up from the length of the text. */
export function verdictOn(text: string, kind: string, resumeQuote: string | null) {
  const sentences =
    text
      .match(/[^.!?]+[.!?]?/g)
      ?.map((one) => one.trim())
      .filter(Boolean) ?? [];
  const richness = Math.min(1, text.length / 420);
  const parts = ['SITUATION', 'TASK', 'ACTION', 'RESULT'];
  const evidence = sentences[1] ?? sentences[0] ?? '';
  const ratings = criteria.map((criterion, index) => {
    const applies = kind === 'TECHNICAL' || (criterion !== 'CORRECTNESS' && criterion !== 'DEPTH');
    const level = applies ? Number((1.8 + 2.6 * richness - 0.2 * index).toFixed(2)) : null;
    return {
      criterion,
      title: titles[criterion],
      level: level === null ? null : Math.min(5, Math.max(1, level)),
      anchor: applies ? anchors[criterion] : null,
      heldBack:
        applies && criterion === 'CLARITY' && text.length < 40
          ? {
              levelBefore: 4.6,
              why: 'No level counts more than one step above relevance, which is 1.3 here.',
            }
          : null,
      weight: applies ? (kind === 'TECHNICAL' ? 0.2 : 1 / 3) : 0,
      rationale: applies
        ? `Judged by ${sentences.length} sentences; the quoted one weighs most.`
        : null,
      features: applies
        ? [
            { name: 'similarity_to_question', value: 0.41 + 0.4 * richness },
            { name: 'sentences', value: sentences.length },
            { name: 'words_per_sentence', value: 14.2 },
          ]
        : [],
      evidence: applies && evidence ? [{ quote: evidence, span: spanOf(text, evidence) }] : [],
    };
  });
  const levels = ratings.filter((rating) => rating.level !== null);
  const total = levels.reduce(
    (sum, { level, weight }) => sum + (((level ?? 1) - 1) / 4) * weight,
    0,
  );
  return {
    overall: Number((100 * total).toFixed(1)),
    evaluator: 'features and sentence embeddings, version 1',
    ratings,
    star:
      kind === 'BEHAVIOURAL'
        ? sentences.slice(0, 4).map((quote, index) => ({
            part: parts[index] ?? 'RESULT',
            quote,
            span: spanOf(text, quote),
          }))
        : [],
    coverage: [
      {
        point: 'Says what was at stake',
        covered: sentences.length > 0,
        similarity: 0.72,
        quote: sentences[0] ?? null,
        span: null,
      },
      {
        point: 'Names the first step and why it came first',
        covered: sentences.length > 1,
        similarity: 0.61,
        quote: sentences[1] ?? null,
        span: null,
      },
      {
        point: 'Says how the same was kept from happening again',
        covered: false,
        similarity: 0.22,
        quote: null,
        span: null,
      },
    ],
    betterAnswer: {
      note: 'Built only from what you wrote and what your resume says. What is missing is left for you to fill in.',
      parts: [
        ...sentences.slice(0, 2).map((part) => ({
          kind: 'FROM_ANSWER',
          text: part,
          span: spanOf(text, part),
        })),
        ...(resumeQuote ? [{ kind: 'FROM_RESUME', text: resumeQuote, span: null }] : []),
        {
          kind: 'TO_ADD',
          text: 'Say what came of it: a figure, or what changed for the people involved.',
          span: null,
        },
      ],
    },
  };
}

export type Verdict = ReturnType<typeof verdictOn>;
