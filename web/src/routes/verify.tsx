import { Navigate, useSearchParams } from 'react-router';
import { AccountFrame } from '@/features/account/account-frame';
import { Gate } from '@/features/account/gate';
import { VerifyToken } from '@/features/account/verify-token';
import { VerifyWaiting } from '@/features/account/verify-waiting';
import { useViewerState } from '@/features/account/viewer';

export function Component() {
  const [search] = useSearchParams();
  const token = search.get('token');
  if (token) {
    return (
      <AccountFrame title="Verify your email" lead="This takes a moment.">
        <VerifyToken token={token} />
      </AccountFrame>
    );
  }
  return (
    <Gate door="signed-in">
      <CheckYourMail />
    </Gate>
  );
}

function CheckYourMail() {
  const { viewer } = useViewerState();
  if (viewer?.verified) return <Navigate to="/dashboard" replace />;
  return (
    <AccountFrame title="Check your mail" lead="One step left before you can begin.">
      <VerifyWaiting email={viewer?.email} />
    </AccountFrame>
  );
}
