interface Asked {
  number: number;
  /** Set where the question followed up on a gap of an answer. */
  gap: string | null;
  answer: { score: number | null } | null;
}

/**
 * What was reached in each question that was answered, by its number: the score of the newest answer that has one,
 * null where none has. A follow-up asks for one gap only, so what it got says little of the question.
 */
export function reachedScores(asked: readonly Asked[]): Map<number, number | null> {
  const reached = new Map<number, number | null>();
  for (const { number, gap, answer } of asked) {
    if (answer && gap === null) reached.set(number, answer.score ?? reached.get(number) ?? null);
  }
  return reached;
}
