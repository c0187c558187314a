import type { Counting } from '@/gql/graphql';

/** One answer's levels with the weights that they count by. */
export type Weighed = {
  answerId: string;
  counting: Counting;
  ratings: { criterion: string; level?: number | null; weight: number }[];
};

/**
 * The total, 0 to 100, if each criterion counted by its weight times a factor: the mean over the answers that count.
 * Null where nothing would count.
 */
export function total(answers: Weighed[], factors: Record<string, number>): number | null {
  const scores = answers
    .filter(({ counting }) => counting === 'COUNTS')
    .map((answer) => score(answer, factors))
    .filter((one) => one !== null);
  if (scores.length === 0) return null;
  return scores.reduce((sum, one) => sum + one, 0) / scores.length;
}

function score({ ratings }: Weighed, factors: Record<string, number>): number | null {
  let points = 0;
  let weights = 0;
  for (const { criterion, level, weight } of ratings) {
    if (level === null || level === undefined) continue;
    const counted = weight * (factors[criterion] ?? 1);
    points += (level - 1) * 25 * counted;
    weights += counted;
  }
  return weights > 0 ? points / weights : null;
}
