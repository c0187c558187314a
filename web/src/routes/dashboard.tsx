import { Gate } from '@/features/account/gate';
import { useViewerState } from '@/features/account/viewer';
import { LatestResume } from '@/features/dashboard/latest-resume';
import { PreparedSessions } from '@/features/dashboard/prepared-sessions';
import { QuickActions } from '@/features/dashboard/quick-actions';
import { RecentSessions, ResumeSession } from '@/features/dashboard/session-lists';
import { StatGrid } from '@/features/dashboard/stat-grid';
import { TrendPeek } from '@/features/trend/trend-peek';
import { graphql } from '@/gql/gql';
import { useLive } from '@/live';
import { Page } from '@/ui/page';
import { ErrorState, LoadingPanels } from '@/ui/states';

const DashboardQuery = graphql(`
  query Dashboard($atLeast: Position) {
    dashboard(atLeast: $atLeast) {
      latestResume { id ...LatestResume_resume }
      ...StatGrid_dashboard
      ...RecentSessions_dashboard
      ...ResumeSession_dashboard
      ...PreparedSessions_dashboard
    }
  }
`);

const DashboardChanged = graphql(`
  subscription DashboardChanged {
    dashboard {
      latestResume { id ...LatestResume_resume }
      ...StatGrid_dashboard
      ...RecentSessions_dashboard
      ...ResumeSession_dashboard
      ...PreparedSessions_dashboard
    }
  }
`);

const TrendPeekQuery = graphql(`
  query TrendPeek($atLeast: Position) {
    analyticsTrend(atLeast: $atLeast) { ...TrendPeek_trend }
  }
`);

const TrendPeekChanged = graphql(`
  subscription TrendPeekChanged {
    analyticsTrend { ...TrendPeek_trend }
  }
`);

export function Component() {
  return (
    <Gate door="ready">
      <Dashboard />
    </Gate>
  );
}

function Dashboard() {
  const { viewer } = useViewerState();
  const { data, error, retry, catchUp } = useLive({
    query: DashboardQuery,
    variables: {},
    subscription: DashboardChanged,
    subscribeTo: {},
  });
  const trend = useLive({
    query: TrendPeekQuery,
    variables: {},
    subscription: TrendPeekChanged,
    subscribeTo: {},
  });
  const firstName = viewer?.name?.split(' ')[0];
  return (
    <Page
      title={firstName ? `Hello, ${firstName}` : 'Hello'}
      lead={viewer?.role && `Practising for ${viewer.role.title}.`}
    >
      {!data && error && <ErrorState what="your dashboard" onRetry={retry} />}
      {!data && !error && <LoadingPanels label="Loading your dashboard" />}
      {data && (
        <div className="space-y-6">
          <ResumeSession dashboard={data.dashboard} />
          <PreparedSessions dashboard={data.dashboard} onChanged={catchUp} />
          <StatGrid dashboard={data.dashboard} />
          <QuickActions />
          <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
            <RecentSessions dashboard={data.dashboard} />
            <div className="space-y-6">
              <LatestResume resume={data.dashboard.latestResume ?? null} />
              <TrendPeek trend={trend.data?.analyticsTrend ?? null} />
            </div>
          </div>
        </div>
      )}
    </Page>
  );
}
