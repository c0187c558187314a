import { Navigate } from 'react-router';
import { useQuery } from 'urql';
import { Gate } from '@/features/account/gate';
import { graphql } from '@/gql/gql';
import { Page } from '@/ui/page';
import { ErrorState, LoadingPanels } from '@/ui/states';

const OpenSessionQuery = graphql(`
  query OpenSession {
    dashboard {
      resumable { id }
      prepared { id }
    }
  }
`);

export function Component() {
  return (
    <Gate door="ready">
      <OpenSession />
    </Gate>
  );
}

/** An address without an interview leads to the one that is open, or to what comes before one. */
function OpenSession() {
  const [{ data, error }, read] = useQuery({
    query: OpenSessionQuery,
    requestPolicy: 'network-only',
  });
  if (data) {
    const [open] = data.dashboard.resumable;
    const [prepared] = data.dashboard.prepared;
    if (open) return <Navigate to={`/interview/${open.id}`} replace />;
    const setup = prepared ? `/interview/setup?interview=${prepared.id}` : '/interview/setup';
    return <Navigate to={setup} replace />;
  }
  return (
    <Page title="Interview" width="reading">
      {error ? (
        <ErrorState what="your interview" onRetry={() => read({ requestPolicy: 'network-only' })} />
      ) : (
        <LoadingPanels label="Looking for your interview" count={1} />
      )}
    </Page>
  );
}
