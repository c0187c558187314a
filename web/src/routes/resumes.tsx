import { useEffect, useRef, useState } from 'react';
import { useQuery, useSubscription } from 'urql';
import { Gate } from '@/features/account/gate';
import { useViewerState } from '@/features/account/viewer';
import { ResumeList } from '@/features/resume/resume-list';
import { UploadPanel } from '@/features/resume/upload-panel';
import { graphql } from '@/gql/gql';
import { Page } from '@/ui/page';
import { ErrorState, LoadingPanels } from '@/ui/states';

const ResumesQuery = graphql(`
  query Resumes($atLeast: Position) {
    resumes(first: 50, atLeast: $atLeast) {
      edges { cursor node { id ...ResumeList_resume } }
    }
  }
`);

const UploadRolesQuery = graphql(`
  query UploadRoles {
    roles { slug ...UploadPanel_role }
  }
`);

const LatestResumeChanged = graphql(`
  subscription LatestResumeChanged {
    dashboard { latestResume { id stage score } }
  }
`);

export function Component() {
  return (
    <Gate door="ready">
      <Page
        title="Resume"
        lead="See how your resume reads to a machine and how it fits a role, with every point traced to a line."
        width="reading"
      >
        <Resumes />
      </Page>
    </Gate>
  );
}

function Resumes() {
  const { viewer } = useViewerState();
  const [atLeast, setAtLeast] = useState<string | null>(null);
  const [{ data, error }, read] = useQuery({
    query: ResumesQuery,
    variables: { atLeast },
    requestPolicy: 'cache-and-network',
  });
  const [{ data: roles }] = useQuery({ query: UploadRolesQuery });
  const readAgain = () => read({ requestPolicy: 'network-only' });
  // There is no subscription to the list; its newest row is part of the dashboard, which has one.
  useSubscription({ query: LatestResumeChanged }, (_, row) => {
    readAgain();
    return row;
  });

  const shown = useRef(data);
  useEffect(() => {
    if (data) shown.current = data;
  }, [data]);
  const list = data ?? shown.current;
  return (
    <div className="space-y-6">
      {roles ? (
        <UploadPanel
          roles={roles.roles}
          role={viewer?.role?.slug ?? null}
          onAccepted={(_, position) => setAtLeast(position)}
        />
      ) : (
        <LoadingPanels label="Loading the upload" count={1} />
      )}
      {list && (
        <ResumeList resumes={list.resumes.edges.map(({ node }) => node)} onChange={readAgain} />
      )}
      {!list && error && <ErrorState what="your resumes" onRetry={readAgain} />}
      {!list && !error && <LoadingPanels label="Loading your resumes" count={1} />}
    </div>
  );
}
