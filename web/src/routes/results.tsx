import { FileQuestion } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useParams } from 'react-router';
import { useQuery } from 'urql';
import { Gate } from '@/features/account/gate';
import { ReplayPanel } from '@/features/replay/replay-panel';
import { useReplayClock } from '@/features/replay/use-replay-clock';
import { AnswerCard } from '@/features/report/answer-card';
import { Attempts } from '@/features/report/attempts';
import { ReportOverview } from '@/features/report/report-overview';
import { RequirementMap } from '@/features/report/requirement-map';
import { ScoreWorkings } from '@/features/report/score-workings';
import { graphql } from '@/gql/gql';
import type { ReportQuery as Report } from '@/gql/graphql';
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
      issued
      overall
      role { slug title }
      recording { url startedAt durationMs }
      answers { answerId delivery { overall } ...AnswerCard_answer ...Attempts_answer ...ScoreWorkings_answer ...RequirementMap_answer }
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
      issued
      overall
      role { slug title }
      recording { url startedAt durationMs }
      answers { answerId delivery { overall } ...AnswerCard_answer ...Attempts_answer ...ScoreWorkings_answer ...RequirementMap_answer }
      ...ReportOverview_report
    }
  }
`);

const MapQuery = graphql(`
  query ReportRequirements($id: ID!) {
    interviewRoom(id: $id) { id ...RequirementMap_room }
  }
`);

const ReplayQuery = graphql(`
  query Replay($id: ID!) {
    interviewReplay(id: $id) { interviewId beganAt endMs ...ReplayPanel_replay }
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
          <Requirements id={id} issued={report.issued} answers={report.answers} />
          <Replay id={id} answers={report.answers} recording={report.recording} />
          {report.issued && (
            <ScoreWorkings
              interviewId={id}
              overall={report.overall ?? null}
              answers={report.answers}
            />
          )}
        </div>
      )}
    </Page>
  );
}

/** Read again once every answer has its score. */
function Requirements({
  id,
  issued,
  answers,
}: {
  id: string;
  issued: boolean;
  answers: NonNullable<Report['interviewReport']>['answers'];
}) {
  const [{ data }, read] = useQuery({
    query: MapQuery,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  useEffect(() => {
    if (issued) read({ requestPolicy: 'network-only' });
  }, [issued, read]);
  return data?.interviewRoom ? (
    <RequirementMap room={data.interviewRoom} answers={answers} />
  ) : null;
}

/** The answers, and above them the interview as it went, where something was said aloud. */
function Replay({
  id,
  answers,
  recording,
}: {
  id: string;
  answers: NonNullable<Report['interviewReport']>['answers'];
  recording: NonNullable<Report['interviewReport']>['recording'];
}) {
  const [{ data }, read] = useQuery({
    query: ReplayQuery,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const replay = data?.interviewReplay;
  const tape =
    replay && recording
      ? {
          offsetMs: new Date(recording.startedAt).getTime() - new Date(replay.beganAt).getTime(),
          durationMs: recording.durationMs,
        }
      : null;
  const clock = useReplayClock(replay?.endMs ?? 0, tape);
  const panel = useRef<HTMLDivElement>(null);
  // What was measured of another answer brings markers of its own.
  const measured = answers.filter(({ delivery }) => delivery).length;
  useEffect(() => {
    if (measured > 0) read({ requestPolicy: 'network-only' });
  }, [measured, read]);
  const jump = (ms: number) => {
    clock.jump(ms);
    panel.current?.scrollIntoView({ block: 'start', behavior: 'smooth' });
  };
  return (
    <>
      <div ref={panel} className="scroll-mt-20">
        {replay && <ReplayPanel replay={replay} clock={clock} recording={recording?.url ?? null} />}
      </div>
      <Attempts answers={answers} />
      {answers.map((answer) => (
        <AnswerCard key={answer.answerId} interviewId={id} answer={answer} onJump={jump} />
      ))}
    </>
  );
}
