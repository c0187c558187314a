import { useLocation, useNavigate } from 'react-router';
import { useQuery } from 'urql';
import { Gate } from '@/features/account/gate';
import { useViewerState } from '@/features/account/viewer';
import { SetupForm } from '@/features/interview/setup-form';
import { wayIn } from '@/features/live/answer-way';
import { graphql } from '@/gql/gql';
import { usePrivacyNotes } from '@/third-parties';
import { Page } from '@/ui/page';
import { Panel } from '@/ui/panel';
import { ErrorState, LoadingPanels } from '@/ui/states';

const SetupQuery = graphql(`
  query InterviewSetup {
    roles { slug ...SetupForm_role }
    resumes(first: 50) { edges { cursor node { id ...SetupForm_resume } } }
  }
`);

export function Component() {
  const notes = usePrivacyNotes();
  return (
    <Gate door="ready">
      <Page
        title="New interview"
        lead={`You answer aloud or in writing, at your own pace. ${notes.answers}`}
        width="reading"
      >
        <Setup />
      </Page>
    </Gate>
  );
}

function Setup() {
  const { viewer } = useViewerState();
  const navigate = useNavigate();
  const way = wayIn(useLocation().state);
  const [{ data, error, stale }, read] = useQuery({
    query: SetupQuery,
    requestPolicy: 'cache-and-network',
  });
  if (data && !stale) {
    return (
      <Panel>
        <SetupForm
          roles={data.roles}
          resumes={data.resumes.edges.map(({ node }) => node)}
          role={viewer?.role?.slug ?? null}
          onDone={(id, position) => {
            // Whoever tried the devices before has chosen already.
            const next = way ? `/interview/${id}` : `/interview/setup?interview=${id}`;
            void navigate(next, { state: { atLeast: position, ...(way ? { way } : {}) } });
          }}
        />
      </Panel>
    );
  }
  if (error) {
    return (
      <ErrorState what="the choices" onRetry={() => read({ requestPolicy: 'network-only' })} />
    );
  }
  return <LoadingPanels label="Loading the choices" count={2} />;
}
