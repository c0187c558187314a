import { Gate } from '@/features/account/gate';
import { TrendCharts } from '@/features/trend/trend-charts';
import { graphql } from '@/gql/gql';
import { useLive } from '@/live';
import { Page } from '@/ui/page';
import { ErrorState, LoadingPanels } from '@/ui/states';

const TrendQuery = graphql(`
  query Trend($atLeast: Position) {
    analyticsTrend(atLeast: $atLeast) { ...TrendCharts_trend }
  }
`);

const TrendChanged = graphql(`
  subscription TrendChanged {
    analyticsTrend { ...TrendCharts_trend }
  }
`);

export function Component() {
  return (
    <Gate door="ready">
      <Page title="Trend" lead="How your scores move from interview to interview.">
        <Trend />
      </Page>
    </Gate>
  );
}

function Trend() {
  const { data, error, retry } = useLive({
    query: TrendQuery,
    variables: {},
    subscription: TrendChanged,
    subscribeTo: {},
  });
  if (data) return <TrendCharts trend={data.analyticsTrend} />;
  if (error) return <ErrorState what="your trend" onRetry={retry} />;
  return <LoadingPanels label="Loading your trend" />;
}
