import { useReducedMotion } from 'motion/react';
import {
  CartesianGrid,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { Disclosure } from '@/ui/disclosure';
import { formatDay, formatShortDay } from '@/ui/format';

type TrendValue = { key: string; at: string; role: string; value: number };

/** One line over time, and the same figures as a table for those who cannot use the picture. */
export function TrendLine({
  points,
  top,
  height,
  label,
}: {
  points: TrendValue[];
  top: number;
  height: number;
  label: string;
}) {
  const still = useReducedMotion() ?? false;
  return (
    <figure aria-label={label}>
      <div aria-hidden style={{ height }}>
        <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 320, height }}>
          <LineChart
            data={points}
            margin={{ top: 8, right: 12, bottom: 0, left: -18 }}
            accessibilityLayer={false}
          >
            <CartesianGrid stroke="var(--line)" vertical={false} />
            <XAxis
              dataKey="key"
              tickFormatter={(key: string) =>
                formatShortDay(points.find((one) => one.key === key)?.at)
              }
              tick={{ fill: 'var(--muted)', fontSize: 12 }}
              tickLine={false}
              axisLine={{ stroke: 'var(--line)' }}
              minTickGap={32}
            />
            <YAxis
              domain={[top === 5 ? 1 : 0, top]}
              tickCount={5}
              tick={{ fill: 'var(--muted)', fontSize: 12 }}
              tickLine={false}
              axisLine={false}
            />
            <Tooltip
              content={<PointNote points={points} top={top} />}
              cursor={{ stroke: 'var(--line-strong)' }}
            />
            <Line
              type="monotone"
              dataKey="value"
              stroke="var(--accent)"
              strokeWidth={2.5}
              dot={{ r: 3.5, fill: 'var(--accent)', strokeWidth: 0 }}
              activeDot={{ r: 5, fill: 'var(--accent)' }}
              isAnimationActive={!still}
              animationDuration={500}
            />
          </LineChart>
        </ResponsiveContainer>
      </div>
      <figcaption className="mt-3">
        <Disclosure summary="As a table">
          <table className="w-full text-left text-sm">
            <thead>
              <tr className="text-muted">
                <th className="py-1 pr-3 font-medium">Day</th>
                <th className="py-1 pr-3 font-medium">Role</th>
                <th className="py-1 text-right font-medium">Value</th>
              </tr>
            </thead>
            <tbody>
              {points.map((point) => (
                <tr key={point.key} className="border-t border-line">
                  <td className="py-1 pr-3">{formatDay(point.at)}</td>
                  <td className="py-1 pr-3">{point.role}</td>
                  <td className="py-1 text-right tabular-nums">{point.value}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Disclosure>
      </figcaption>
    </figure>
  );
}

function PointNote({
  active,
  label,
  points,
  top,
}: {
  active?: boolean;
  label?: string | number;
  points: TrendValue[];
  top: number;
}) {
  const point = points.find((one) => one.key === label);
  if (!active || !point) return null;
  return (
    <div className="rounded-xl border border-line bg-raised px-3 py-2 text-sm shadow-panel">
      <p className="font-medium tabular-nums">
        {point.value} of {top}
      </p>
      <p className="text-muted">
        {formatDay(point.at)}, {point.role}
      </p>
    </div>
  );
}
