import type { Counting } from '@/gql/graphql';

interface Answered {
  number: number;
  followUp: boolean;
  /** Set where a follow-up was judged together with the answer that it takes up. */
  judgedWith: string | null;
  counting: Counting;
  overall: number | null;
}

/**
 * What was reached in each question that was answered, by its number: the score that counts, until it is there an
 * earlier one, null where there is none. A follow-up that was judged alone says little of its question.
 */
export function reachedScores(answers: readonly Answered[]): Map<number, number | null> {
  const reached = new Map<number, number | null>();
  for (const { number, followUp, judgedWith, counting, overall } of answers) {
    if (followUp && judgedWith === null) continue;
    const before = reached.get(number) ?? null;
    const newest = counting === 'COUNTS' ? (overall ?? before) : (before ?? overall);
    reached.set(number, newest);
  }
  return reached;
}
