import type { ReplayPanel_ReplayFragment } from '@/gql/graphql';
import { classNames } from '@/ui/class-names';
import { formatDuration } from '@/ui/format';

type Lane = ReplayPanel_ReplayFragment['lanes'][number];

const looks: Record<Lane['kind'], string> = {
  QUESTIONS: 'bg-accent',
  STAR: 'bg-info',
  FILLERS: 'bg-warn',
  PAUSES: 'bg-faint',
  ATTENTION: 'bg-bad',
};

/** Markers of an interview on one line of time; each leads to its moment. */
export function Lanes(props: {
  lanes: Lane[];
  endMs: number;
  atMs: number;
  onJump: (ms: number) => void;
}) {
  const share = (ms: number) => `${(100 * Math.min(ms, props.endMs)) / Math.max(1, props.endMs)}%`;
  const { endMs, onJump } = props;
  return (
    <div className="space-y-1.5">
      {props.lanes.map((lane) => (
        <div
          key={lane.kind}
          className="grid grid-cols-[5.5rem_minmax(0,1fr)] items-center gap-3 sm:grid-cols-[7rem_minmax(0,1fr)]"
        >
          <span className="text-xs text-muted">{lane.title}</span>
          <ol
            aria-label={`${lane.title}: ${lane.marks.length} on the line of time`}
            className="relative h-6 overflow-hidden rounded-md bg-sunken"
          >
            {lane.marks.map((mark) => (
              <li key={`${mark.startMs}-${mark.label}`}>
                <button
                  type="button"
                  title={`${formatDuration(mark.startMs / 1000)} ${mark.label}`}
                  aria-label={`${mark.label} at ${formatDuration(mark.startMs / 1000)}`}
                  onClick={() => onJump(mark.startMs)}
                  className={classNames(
                    'absolute inset-y-1 min-w-1.5 rounded-sm opacity-80 hover:opacity-100',
                    looks[lane.kind],
                  )}
                  style={{
                    left: share(mark.startMs),
                    width: share(Math.max(0, mark.endMs - mark.startMs)),
                  }}
                />
              </li>
            ))}
            <li
              aria-hidden
              className="pointer-events-none absolute inset-y-0 w-0.5 bg-ink"
              style={{ left: share(props.atMs) }}
            />
          </ol>
        </div>
      ))}
      <div className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-3 sm:grid-cols-[7rem_minmax(0,1fr)]">
        <label htmlFor="replay-time" className="text-xs text-muted tabular-nums">
          {formatDuration(props.atMs / 1000)} of {formatDuration(endMs / 1000)}
        </label>
        <input
          id="replay-time"
          type="range"
          min={0}
          max={endMs}
          step={100}
          value={Math.min(props.atMs, endMs)}
          aria-valuetext={formatDuration(props.atMs / 1000)}
          onChange={({ target }) => onJump(Number(target.value))}
          className="w-full accent-accent-strong"
        />
      </div>
    </div>
  );
}
