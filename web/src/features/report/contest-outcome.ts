type Rated = {
  criterion: string;
  level?: number | null;
};

type Verdict = {
  evaluator: string;
  overall: number;
  ratings: (Rated & { title: string; features: { name: string; value: number }[] })[];
};

/** Ends the name of an evaluator that judged an answer in several readings and took the middle. */
const readingsSuffix = /\+readings\/\d+$/;

/** What each reading came to stands among the features of a level. */
const readings = new Set([
  'level_as_given',
  'level_without_hesitation',
  'level_without_hedges',
  'level_in_short_sentences',
  'level_without_any_of_it',
]);

/** Whether the verdict is the middle of several readings by rules, which comes out the same each time. */
export function isMiddleOfReadings(evaluator: string | null | undefined): boolean {
  return readingsSuffix.test(evaluator ?? '');
}

/** What reading an answer again came to, in words. */
export function contestOutcome(
  counting: Verdict,
  before: { overall: number; ratings: Rated[] },
): string {
  return [change(counting, before), agreement(counting)].filter(Boolean).join(' ');
}

function change(counting: Verdict, before: { overall: number; ratings: Rated[] }): string {
  const [now, then] = [Math.round(counting.overall), Math.round(before.overall)];
  if (now !== then) return `The score went from ${then} to ${now}.`;
  const moved = counting.ratings.some(
    ({ criterion, level }) =>
      shown(level) !== shown(before.ratings.find((one) => one.criterion === criterion)?.level),
  );
  return moved
    ? `The score is ${now} as before, though levels moved.`
    : `The score is ${now} as before, and so is every level.`;
}

function agreement({ evaluator, ratings }: Verdict): string | null {
  if (!isMiddleOfReadings(evaluator)) return null;
  const levels = ratings.map(({ title, features }) => ({
    title,
    read: features.filter(({ name }) => readings.has(name)).map(({ value }) => shown(value)),
  }));
  const count = Math.max(0, ...levels.map(({ read }) => read.length));
  if (count === 0) return null;
  const split = levels.filter(({ read }) => new Set(read).size > 1);
  return split.length === 0
    ? `All ${count} readings of your words agree on every level.`
    : `The ${count} readings of your words differ on ${split.map(({ title }) => title.toLowerCase()).join(', ')}: the level in the middle counts.`;
}

/** Levels that look alike on the page are alike to who reads it. */
function shown(level: number | null | undefined): string | undefined {
  return level?.toFixed(1);
}
