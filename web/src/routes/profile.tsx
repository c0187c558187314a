import { useNavigate } from 'react-router';
import { useQuery } from 'urql';
import { AccountFrame } from '@/features/account/account-frame';
import { CloseAccountPanel } from '@/features/account/close-account';
import { Gate } from '@/features/account/gate';
import { ProfileForm } from '@/features/account/profile-form';
import { useViewerState } from '@/features/account/viewer';
import { graphql } from '@/gql/gql';
import { ErrorState, LoadingPanels } from '@/ui/states';

const ProfileQuery = graphql(`
  query Profile {
    viewer { id ...ProfileForm_viewer }
    roles { slug ...ProfileForm_role }
  }
`);

export function Component() {
  return (
    <Gate door="verified">
      <AccountFrame
        title="Your aim"
        lead="This decides which questions you are asked and what your resume is compared with."
        after={<CloseAccountPanel />}
      >
        <Profile />
      </AccountFrame>
    </Gate>
  );
}

function Profile() {
  const [{ data, error }, read] = useQuery({ query: ProfileQuery });
  const { catchUp } = useViewerState();
  const navigate = useNavigate();
  if (data?.viewer) {
    return (
      <ProfileForm
        viewer={data.viewer}
        roles={data.roles}
        onDone={async (position) => {
          await catchUp(position);
          navigate('/dashboard');
        }}
      />
    );
  }
  if (error) {
    return <ErrorState what="the roles" onRetry={() => read({ requestPolicy: 'network-only' })} />;
  }
  return <LoadingPanels label="Loading the roles" count={1} />;
}
