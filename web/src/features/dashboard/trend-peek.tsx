import { Link } from 'react-router';
import { type FragmentType, unmask } from '@/gql/fragment-masking';
import { graphql } from '@/gql/gql';
import { Panel, PanelHeading } from '@/ui/panel';
import { Sparkline } from '@/ui/sparkline';

const TrendFragment = graphql(`
  fragment TrendPeek_trend on AnalyticsTrend {
    points { interviewId overall }
  }
`);

export function TrendPeek(props: { trend: FragmentType<typeof TrendFragment> | null }) {
  const scores = unmask(TrendFragment, props.trend)?.points.map((point) => point.overall) ?? [];
  const first = scores.at(0);
  const last = scores.at(-1);
  return (
    <Panel aria-labelledby="trend-peek">
      <PanelHeading id="trend-peek">Trend</PanelHeading>
      {first === undefined || last === undefined || scores.length < 2 ? (
        <p className="text-muted">A line appears here after two finished interviews.</p>
      ) : (
        <>
          <Sparkline
            values={scores}
            label={`Overall score over ${scores.length} interviews, from ${Math.round(first)} to ${Math.round(last)}`}
          />
          <p className="mt-2 flex flex-wrap justify-between gap-2 text-sm text-muted">
            <span>
              {Math.round(first)} at first, {Math.round(last)} last time
            </span>
            <Link to="/analytics" className="text-accent underline underline-offset-4">
              See it all
            </Link>
          </p>
        </>
      )}
    </Panel>
  );
}
