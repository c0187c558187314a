import { HardDrive, ListChecks, Radio } from 'lucide-react';
import { useLocation } from 'react-router';
import { useViewerState } from '@/features/account/viewer';
import { ButtonLink } from '@/ui/button';
import { HowItWorks } from './landing/how-it-works';
import { SampleVerdict } from './landing/sample-verdict';

const promises = [
  {
    icon: HardDrive,
    title: 'Your data stays here',
    text: 'Interaura runs on your own machine. Your resume and your answers are stored there and nowhere else.',
  },
  {
    icon: Radio,
    title: 'Works offline',
    text: 'Questions, reading and rating need no connection and no account with anybody.',
  },
  {
    icon: ListChecks,
    title: 'Scores you can check',
    text: 'Each rating names its rubric, quotes the words it rests on, and shows the figures behind it.',
  },
];

export function Component() {
  const { viewer } = useViewerState();
  const { state } = useLocation();
  return (
    <>
      <title>Interaura: interview practice on your own machine</title>
      <div className="mx-auto max-w-6xl px-4 sm:px-6">
        {state?.accountClosed && !viewer && (
          <p role="status" className="mt-6 rounded-xl bg-good-soft px-4 py-3 text-good">
            Your account is closed, and what was kept of you is being erased.
          </p>
        )}
        <section className="grid grid-cols-1 items-center gap-12 py-14 sm:py-20 lg:grid-cols-[minmax(0,6fr)_minmax(0,5fr)]">
          <div>
            <h1 className="text-4xl leading-[1.08] font-semibold sm:text-6xl">
              Practise the interview before it counts.
            </h1>
            <p className="mt-6 max-w-xl text-lg text-muted">
              Sit a mock interview for your role, in private. Then see what your answers said, what
              they left out, and how to say it better with facts that are yours.
            </p>
            <div className="mt-9 flex flex-wrap gap-3">
              <ButtonLink size="large" to={viewer ? '/dashboard' : '/register'}>
                {viewer ? 'To your dashboard' : 'Start practising'}
              </ButtonLink>
              {!viewer && (
                <ButtonLink size="large" look="secondary" to="/sign-in">
                  I have an account
                </ButtonLink>
              )}
            </div>
          </div>
          <SampleVerdict />
        </section>
        <ul className="grid gap-4 md:grid-cols-3">
          {promises.map(({ icon: Icon, title, text }) => (
            <li key={title} className="glass p-6">
              <Icon aria-hidden className="size-6 text-accent" />
              <h2 className="mt-4 text-lg font-semibold">{title}</h2>
              <p className="mt-1.5 text-muted">{text}</p>
            </li>
          ))}
        </ul>
        <HowItWorks />
      </div>
    </>
  );
}
