/** Between which scores a score lies. Errors of its parts are not taken to cancel out. */
export function ScoreRange({
  interval,
  of,
}: {
  interval: { low: number; high: number } | null | undefined;
  /** What the score is made of. */
  of: 'criteria' | 'answers';
}) {
  if (!interval) return null;
  return (
    <p
      className="mt-1 text-xs text-muted tabular-nums"
      title={`As wide as if all ${of} erred the same way at once. It is made from the ranges of the levels, of which most are set by hand and not measured.`}
    >
      {Math.round(interval.low)} to {Math.round(interval.high)}
    </p>
  );
}
