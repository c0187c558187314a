import { Link } from 'react-router';
import { AccountFrame } from '@/features/account/account-frame';
import { Gate } from '@/features/account/gate';
import { SignInForm } from '@/features/account/sign-in-form';

export function Component() {
  return (
    <Gate door="guest">
      <AccountFrame
        title="Welcome back"
        lead="Sign in to go on where you stopped."
        below={
          <>
            New here?{' '}
            <Link to="/register" className="text-accent underline underline-offset-4">
              Create an account
            </Link>
          </>
        }
      >
        <SignInForm />
      </AccountFrame>
    </Gate>
  );
}
