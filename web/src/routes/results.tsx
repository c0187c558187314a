import { FileQuestion } from 'lucide-react';
import { useParams } from 'react-router';
import { Gate } from '@/features/account/gate';
import { AnswerCard } from '@/features/report/answer-card';
import { ReportOverview } from '@/features/report/report-overview';
import { graphql } from '@/gql/gql';
import { useLive } from '@/live';
import { ButtonLink } from '@/ui/button';
import { formatTime } from '@/ui/format';
import { Page } from '@/ui/page';
import { Panel } from '@/ui/panel';
import { EmptyState, ErrorState, LoadingPanels } from '@/ui/states';
import { NotFound } from './faults';

const ReportQuery = graphql(`
  query Report($id: ID!, $atLeast: Position) {
    interviewReport(id: $id, atLeast: $atLeast) {
      interviewId
      status
      completedAt
      startedAt
      role { slug title }
      answers { answerId ...AnswerCard_answer }
      ...ReportOverview_report
    }
  }
`);

const ReportChanged = graphql(`
  subscription ReportChanged($id: ID!) {
    interviewReport(id: $id) {
      interviewId
      status
      completedAt
      startedAt
      role { slug title }
      answers { answerId ...AnswerCard_answer }
      ...ReportOverview_report
    }
  }
`);

export function Component() {
  const { id = '' } = useParams();
  return (
    <Gate door="ready">
      <Results key={id} id={id} />
    </Gate>
  );
}

function Results({ id }: { id: string }) {
  const { data, error, retry } = useLive({
    query: ReportQuery,
    variables: { id },
    subscription: ReportChanged,
    subscribeTo: { id },
    waitFor: ({ interviewReport }) => Boolean(interviewReport),
  });
  if (data && !data.interviewReport) return <NotFound />;
  const report = data?.interviewReport;
  const when = report?.completedAt ?? report?.startedAt;
  return (
    <Page
      title={report ? `Report: ${report.role.title}` : 'Report'}
      lead={
        report &&
        [report.status === 'ABANDONED' && 'Ended early', when && formatTime(when)]
          .filter(Boolean)
          .join(' · ')
      }
      aside={<ButtonLink to="/interview/new">Practise again</ButtonLink>}
    >
      {!report && error && <ErrorState what="the report" onRetry={retry} />}
      {!report && !error && <LoadingPanels label="Loading the report" />}
      {report && report.answers.length === 0 && (
        <Panel>
          <EmptyState
            icon={<FileQuestion aria-hidden className="size-6" />}
            title="There is nothing to rate"
          >
            No question was answered in this interview. That happens; the next one starts fresh.
          </EmptyState>
        </Panel>
      )}
      {report && report.answers.length > 0 && (
        <div className="space-y-6">
          <ReportOverview report={report} />
          {report.answers.map((answer) => (
            <AnswerCard key={answer.answerId} answer={answer} />
          ))}
        </div>
      )}
    </Page>
  );
}
