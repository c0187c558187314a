import type { TrendCharts_TrendFragment } from '@/gql/graphql';
import { plural } from '@/ui/format';

type Change = Omit<NonNullable<TrendCharts_TrendFragment['change']>, '__typename'>;

/** What the newest interviews say against those before them, and whether that is more than chance. */
export function ChangeNote({
  change,
  digits,
}: {
  change: Change | null | undefined;
  digits: number;
}) {
  if (!change) return null;
  const by = Math.abs(change.difference).toFixed(digits);
  const noise = change.noise.toFixed(digits);
  const last =
    change.compared === 1
      ? 'the last interview'
      : `the last ${plural(change.compared, 'interview')}`;
  const before =
    change.compared === 1
      ? 'the one of its kind before'
      : `the ${change.compared} of their kind before`;
  if (change.direction === 'WITHIN_NOISE') {
    return (
      <p className="mb-3 text-sm text-muted">
        No change that can be told from chance: {last} against {before}, {by} apart, and scores are
        uncertain by {noise}.
      </p>
    );
  }
  const better = change.direction === 'UP';
  return (
    <p className={`mb-3 text-sm ${better ? 'text-good' : 'text-warn'}`}>
      {better ? 'Better' : 'Lower'} by {by}: {last} against {before}. That is more than the
      uncertainty of {noise}.
    </p>
  );
}
