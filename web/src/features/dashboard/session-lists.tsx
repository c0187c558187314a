import { MessagesSquare, Play } from 'lucide-react';
import { type FragmentType, unmask } from '@/gql/fragment-masking';
import { graphql } from '@/gql/gql';
import { ButtonLink } from '@/ui/button';
import { plural } from '@/ui/format';
import { Panel, PanelHeading } from '@/ui/panel';
import { EmptyState } from '@/ui/states';
import { InterviewRow } from './interview-row';

const RecentFragment = graphql(`
  fragment RecentSessions_dashboard on Dashboard {
    recent { id ...InterviewRow_interview }
  }
`);

const ResumableFragment = graphql(`
  fragment ResumeSession_dashboard on Dashboard {
    resumable {
      id
      questions
      answered
      role { slug title }
    }
  }
`);

export function RecentSessions(props: { dashboard: FragmentType<typeof RecentFragment> }) {
  const { recent } = unmask(RecentFragment, props.dashboard);
  return (
    <Panel aria-labelledby="recent">
      <PanelHeading id="recent">Recent sessions</PanelHeading>
      {recent.length === 0 ? (
        <EmptyState
          icon={<MessagesSquare aria-hidden className="size-6" />}
          title="Your first session is the hardest"
          action={<ButtonLink to="/interview/new">Set up an interview</ButtonLink>}
        >
          Three questions take about ten minutes. Nobody listens in, and you can stop at any time.
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line">
          {recent.map((interview) => (
            <li key={interview.id}>
              <InterviewRow interview={interview} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** The one thing to go on with, when something was left open. */
export function ResumeSession(props: { dashboard: FragmentType<typeof ResumableFragment> }) {
  const { resumable } = unmask(ResumableFragment, props.dashboard);
  const [newest, ...others] = resumable;
  if (!newest) return null;
  return (
    <section
      aria-label="Go on where you stopped"
      className="glass flex flex-wrap items-center justify-between gap-4 border-accent p-5 sm:px-7"
    >
      <div>
        <h2 className="text-lg font-semibold">Go on where you stopped</h2>
        <p className="text-muted">
          {newest.role.title}: {newest.answered} of {plural(newest.questions, 'question')} answered.
          {others.length > 0 && ` ${plural(others.length, 'more session')} below.`}
        </p>
      </div>
      <ButtonLink to={`/interview/${newest.id}`}>
        <Play aria-hidden className="size-4" />
        Go on
      </ButtonLink>
    </section>
  );
}
