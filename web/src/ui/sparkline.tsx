/** A small line of scores from 0 to 100, oldest first. */
export function Sparkline({ values, label }: { values: number[]; label: string }) {
  const width = 240;
  const height = 64;
  const pad = 6;
  const low = Math.min(...values);
  const high = Math.max(...values);
  const range = Math.max(10, high - low);
  const points = values.map((value, index) => ({
    x: pad + (index * (width - 2 * pad)) / Math.max(1, values.length - 1),
    y: height - pad - ((value - low) / range) * (height - 2 * pad),
  }));
  const last = points.at(-1);
  const line = points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
  return (
    <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label} className="block w-full">
      <polyline
        points={line}
        fill="none"
        strokeWidth="2.5"
        strokeLinecap="round"
        strokeLinejoin="round"
        className="stroke-accent"
      />
      {last && <circle cx={last.x} cy={last.y} r="4" className="fill-accent" />}
    </svg>
  );
}
