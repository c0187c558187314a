import { ChevronRight } from 'lucide-react';
import { Link } from 'react-router';
import { type FragmentType, unmask } from '@/gql/fragment-masking';
import { graphql } from '@/gql/gql';
import type { InterviewMode, InterviewStatus } from '@/gql/graphql';
import { Badge, type Tone } from '@/ui/badge';
import { formatAgo } from '@/ui/format';

const InterviewFragment = graphql(`
  fragment InterviewRow_interview on InterviewSummary {
    id
    role { slug title }
    mode
    difficulty
    status
    questions
    answered
    score
    createdAt
    updatedAt
  }
`);

const modeNames: Record<InterviewMode, string> = {
  BEHAVIOURAL: 'Behavioural',
  TECHNICAL: 'Technical',
  MIXED: 'Mixed',
};

const statuses: Record<InterviewStatus, { name: string; tone: Tone }> = {
  CONFIGURED: { name: 'Preparing', tone: 'info' },
  READY: { name: 'Ready', tone: 'info' },
  IN_PROGRESS: { name: 'In progress', tone: 'accent' },
  PAUSED: { name: 'Paused', tone: 'warn' },
  ABANDONED: { name: 'Ended early', tone: 'neutral' },
  COMPLETED: { name: 'Completed', tone: 'good' },
  DISCARDED: { name: 'Discarded', tone: 'neutral' },
};

export function InterviewRow(props: { interview: FragmentType<typeof InterviewFragment> }) {
  const interview = unmask(InterviewFragment, props.interview);
  const over = interview.status === 'COMPLETED' || interview.status === 'ABANDONED';
  const status = statuses[interview.status];
  return (
    <Link
      to={over ? `/interview/${interview.id}/results` : `/interview/${interview.id}`}
      className="-mx-3 flex items-center gap-4 rounded-xl px-3 py-3 transition-colors hover:bg-accent-soft"
    >
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{interview.role.title}</span>
        <span className="block text-sm text-muted">
          {modeNames[interview.mode]} · {interview.answered} of {interview.questions} answered ·{' '}
          {formatAgo(interview.updatedAt)}
        </span>
      </span>
      {interview.score !== null && interview.score !== undefined ? (
        <span className="font-display text-xl font-semibold tabular-nums">
          <span className="sr-only">Score </span>
          {Math.round(interview.score)}
        </span>
      ) : (
        <Badge tone={status.tone}>{status.name}</Badge>
      )}
      <ChevronRight aria-hidden className="size-4 shrink-0 text-muted" />
    </Link>
  );
}
