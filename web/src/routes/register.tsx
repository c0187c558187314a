import { Link } from 'react-router';
import { AccountFrame } from '@/features/account/account-frame';
import { Gate } from '@/features/account/gate';
import { RegisterForm } from '@/features/account/register-form';

export function Component() {
  return (
    <Gate door="guest">
      <AccountFrame
        title="Create your account"
        lead="It lives on the machine that runs Interaura, like everything you will write here."
        below={
          <>
            Already have one?{' '}
            <Link to="/sign-in" className="text-accent underline underline-offset-4">
              Sign in
            </Link>
          </>
        }
      >
        <RegisterForm />
      </AccountFrame>
    </Gate>
  );
}
