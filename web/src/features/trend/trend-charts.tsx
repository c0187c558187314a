import { ChartLine } from 'lucide-react';
import { type FragmentType, unmask } from '@/gql/fragment-masking';
import { graphql } from '@/gql/gql';
import { ButtonLink } from '@/ui/button';
import { Panel, PanelHeading } from '@/ui/panel';
import { EmptyState } from '@/ui/states';
import { ChangeNote } from './change-note';
import { TrendLine } from './trend-line';

const TrendFragment = graphql(`
  fragment TrendCharts_trend on AnalyticsTrend {
    points {
      interviewId
      at
      overall
      roleTitle
      criteria { criterion level }
    }
    criteria { criterion title level answers }
    change { difference noise direction compared }
    criterionChanges { criterion change { difference noise direction compared } }
  }
`);

export function TrendCharts(props: { trend: FragmentType<typeof TrendFragment> }) {
  const { points, criteria, change, criterionChanges } = unmask(TrendFragment, props.trend);
  if (points.length === 0) {
    return (
      <Panel>
        <EmptyState
          icon={<ChartLine aria-hidden className="size-6" />}
          title="Nothing to compare yet"
          action={<ButtonLink to="/interview/new">Set up an interview</ButtonLink>}
        >
          After your first finished interview a point appears here, and after the second a line.
        </EmptyState>
      </Panel>
    );
  }
  const overall = points.map((point) => ({
    key: point.interviewId,
    at: point.at,
    role: point.roleTitle,
    value: Math.round(point.overall),
  }));
  return (
    <div className="space-y-6">
      <Panel aria-labelledby="overall">
        <PanelHeading id="overall" hint="One point per finished interview, 0 to 100.">
          Overall score
        </PanelHeading>
        <ChangeNote change={change} digits={0} />
        <TrendLine points={overall} top={100} height={280} label="Overall score over time" />
      </Panel>
      <div className="grid grid-cols-1 gap-6 md:grid-cols-2 xl:grid-cols-3">
        {criteria.map(({ criterion, title, level, answers }) => {
          const line = points.flatMap((point) => {
            const at = point.criteria.find((one) => one.criterion === criterion);
            return at
              ? [
                  {
                    key: point.interviewId,
                    at: point.at,
                    role: point.roleTitle,
                    value: Number(at.level.toFixed(1)),
                  },
                ]
              : [];
          });
          return (
            <Panel key={criterion} aria-labelledby={`trend-${criterion}`}>
              <PanelHeading
                id={`trend-${criterion}`}
                hint={
                  level === null || level === undefined
                    ? 'Not rated yet'
                    : `Mean ${level.toFixed(1)} of 5 over ${answers} answers`
                }
              >
                {title}
              </PanelHeading>
              <ChangeNote
                change={criterionChanges.find((one) => one.criterion === criterion)?.change}
                digits={1}
              />
              {line.length > 0 && (
                <TrendLine points={line} top={5} height={150} label={`${title} over time`} />
              )}
            </Panel>
          );
        })}
      </div>
    </div>
  );
}
