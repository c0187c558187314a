import { useState } from 'react';
import { useParams } from 'react-router';
import { useQuery } from 'urql';
import { Gate } from '@/features/account/gate';
import { MatchForm } from '@/features/resume/match-form';
import { ResumeInsights } from '@/features/resume/resume-insights';
import { ResumeState } from '@/features/resume/resume-state';
import { graphql } from '@/gql/gql';
import { useLive } from '@/live';
import { formatBytes, formatTime, plural } from '@/ui/format';
import { Page } from '@/ui/page';
import { ErrorState, LoadingPanels } from '@/ui/states';
import { NotFound } from './faults';

const ResumeQuery = graphql(`
  query Resume($id: ID!, $atLeast: Position) {
    resume(id: $id, atLeast: $atLeast) {
      id
      fileName
      sizeBytes
      uploadedAt
      pages
      stage
      ...ResumeState_resume
      ...ResumeInsights_resume
    }
  }
`);

const ResumeChanged = graphql(`
  subscription ResumeChanged($id: ID!) {
    resume(id: $id) {
      id
      fileName
      sizeBytes
      uploadedAt
      pages
      stage
      ...ResumeState_resume
      ...ResumeInsights_resume
    }
  }
`);

const MatchRolesQuery = graphql(`
  query MatchRoles {
    roles { slug ...MatchForm_role }
  }
`);

export function Component() {
  const { id = '' } = useParams();
  return (
    <Gate door="ready">
      <Resume key={id} id={id} />
    </Gate>
  );
}

function Resume({ id }: { id: string }) {
  const { data, error, retry, catchUp } = useLive({
    query: ResumeQuery,
    variables: { id },
    subscription: ResumeChanged,
    subscribeTo: { id },
    waitFor: ({ resume }) => Boolean(resume),
  });
  const [{ data: roles }] = useQuery({ query: MatchRolesQuery });
  const [match, setMatch] = useState<string | null>(null);
  if (data && !data.resume) return <NotFound />;
  const resume = data?.resume;
  return (
    <Page
      title={resume?.fileName ?? 'Resume'}
      lead={
        resume &&
        [
          formatBytes(resume.sizeBytes),
          resume.pages && plural(resume.pages, 'page'),
          `added ${formatTime(resume.uploadedAt)}`,
        ]
          .filter(Boolean)
          .join(' · ')
      }
    >
      {!resume && error && <ErrorState what="this resume" onRetry={retry} />}
      {!resume && !error && <LoadingPanels label="Loading the resume" />}
      {resume && (
        <div className="space-y-6">
          <ResumeState resume={resume} />
          {resume.stage === 'READ' && (
            <>
              <ResumeInsights resume={resume} chosenMatch={match} onChoose={setMatch} />
              {roles && (
                <MatchForm
                  resumeId={id}
                  roles={roles.roles}
                  onDone={async (matchId, position) => {
                    await catchUp(position);
                    setMatch(matchId ?? null);
                    window.scrollTo({ top: 0 });
                  }}
                />
              )}
            </>
          )}
        </div>
      )}
    </Page>
  );
}
