import { type FragmentType, unmask } from '@/gql/fragment-masking';
import { graphql } from '@/gql/gql';
import { plural } from '@/ui/format';

const StatsFragment = graphql(`
  fragment StatGrid_dashboard on Dashboard {
    interviewsCompleted
    answersGiven
    averageScore
    averageInterval { low high }
    bestScore
    bestInterval { low high }
    minutesPractised
    streakDays
  }
`);

export function StatGrid(props: { dashboard: FragmentType<typeof StatsFragment> }) {
  const stats = unmask(StatsFragment, props.dashboard);
  const shown = [
    {
      name: 'Interviews',
      value: stats.interviewsCompleted,
      note: plural(stats.answersGiven, 'answer'),
    },
    {
      name: 'Average score',
      value: stats.averageScore === null ? '–' : Math.round(stats.averageScore ?? 0),
      note: averageNote(stats),
    },
    { name: 'Minutes practised', value: stats.minutesPractised, note: 'From question to answer' },
    {
      name: 'Days in a row',
      value: stats.streakDays,
      note: stats.streakDays > 0 ? 'Up to today or yesterday' : 'Starts with one answer',
    },
  ];
  return (
    <dl className="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-4">
      {shown.map(({ name, value, note }) => (
        <div key={name} className="glass flex flex-col p-4 sm:p-5">
          <dt className="text-sm text-muted">{name}</dt>
          <dd className="mt-1 font-display text-3xl font-semibold tabular-nums sm:text-4xl">
            {value}
          </dd>
          <dd className="mt-1 text-xs text-muted">{note}</dd>
        </div>
      ))}
    </dl>
  );
}

type Interval = { low: number; high: number } | null;

function averageNote(stats: {
  averageInterval: Interval;
  bestScore: number | null;
  bestInterval: Interval;
}): string {
  if (stats.bestScore === null) return 'After your first report';
  const best = `Best ${Math.round(stats.bestScore)}${range(stats.bestInterval, ', between ')}`;
  const average = range(stats.averageInterval, 'Between ');
  return average ? `${average}. ${best}` : best;
}

/** Between which scores a score lies, as `ScoreRange` shows it beside single answers. */
function range(interval: Interval, before: string): string {
  if (!interval) return '';
  return `${before}${Math.round(interval.low)} and ${Math.round(interval.high)}`;
}
