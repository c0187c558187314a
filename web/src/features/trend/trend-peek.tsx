import { Link } from 'react-router';
import { type FragmentType, unmask } from '@/gql/fragment-masking';
import { graphql } from '@/gql/gql';
import { Panel, PanelHeading } from '@/ui/panel';
import { Sparkline } from '@/ui/sparkline';
import { ChangeNote } from './change-note';

export const TrendFragment = graphql(`
  fragment TrendPeek_trend on AnalyticsTrend {
    points { interviewId overall }
    change { difference noise direction compared }
  }
`);

export function TrendPeek(props: { trend: FragmentType<typeof TrendFragment> | null }) {
  const trend = unmask(TrendFragment, props.trend);
  const scores = trend?.points.map((point) => point.overall) ?? [];
  const last = scores.at(-1);
  return (
    <Panel aria-labelledby="trend-peek">
      <PanelHeading id="trend-peek">Trend</PanelHeading>
      {last === undefined || scores.length < 2 ? (
        <p className="text-muted">A line appears here after two finished interviews.</p>
      ) : (
        <>
          <Sparkline
            values={scores}
            label={`Overall score over ${scores.length} interviews, the last ${Math.round(last)} of 100`}
          />
          <div className="mt-2">
            {trend?.change ? (
              <ChangeNote change={trend.change} digits={0} />
            ) : (
              <p className="mb-3 text-sm text-muted">
                Nobody can tell whether this is a change: not every score says how sure it is.
              </p>
            )}
          </div>
          <Link to="/analytics" className="text-sm text-accent underline underline-offset-4">
            See it all
          </Link>
        </>
      )}
    </Panel>
  );
}
