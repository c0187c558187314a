import { Play, Trash2 } from 'lucide-react';
import { useCommand } from '@/command';
import { type FragmentType, unmask } from '@/gql/fragment-masking';
import { graphql } from '@/gql/gql';
import { Button, ButtonLink } from '@/ui/button';
import { formatAgo, plural } from '@/ui/format';
import { Panel, PanelHeading } from '@/ui/panel';
import { RefusalNote } from '@/ui/refusal-note';

const DiscardInterview = graphql(`
  mutation DiscardInterview($input: InterviewCommandInput!) {
    discardInterview(input: $input) {
      refusal { code message field }
      position
    }
  }
`);

const PreparedFragment = graphql(`
  fragment PreparedSessions_dashboard on Dashboard {
    prepared {
      id
      questions
      createdAt
      role { slug title }
    }
  }
`);

type Changed = (position: string | null | undefined) => Promise<void>;

/** Interviews that were set up and never begun: each is begun, or thrown away. */
export function PreparedSessions(props: {
  dashboard: FragmentType<typeof PreparedFragment>;
  onChanged: Changed;
}) {
  const { prepared } = unmask(PreparedFragment, props.dashboard);
  if (prepared.length === 0) return null;
  return (
    <Panel aria-labelledby="prepared">
      <PanelHeading id="prepared">Prepared, not begun</PanelHeading>
      <ul className="divide-y divide-line">
        {prepared.map((interview) => (
          <li key={interview.id} className="space-y-3 py-3">
            <Prepared
              id={interview.id}
              title={interview.role.title}
              note={`${plural(interview.questions, 'question')} · ${formatAgo(interview.createdAt)}`}
              onChanged={props.onChanged}
            />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Prepared({
  id,
  title,
  note,
  onChanged,
}: {
  id: string;
  title: string;
  note: string;
  onChanged: Changed;
}) {
  const { run, busy, refusal } = useCommand(DiscardInterview);
  const discard = async () => {
    const done = await run({ interviewId: id });
    if (done) await onChanged(done.position);
  };
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <span className="min-w-0">
          <span className="block truncate font-medium">{title}</span>
          <span className="block text-sm text-muted">{note}</span>
        </span>
        <span className="flex gap-2">
          <ButtonLink look="secondary" size="small" to={`/interview/${id}`}>
            <Play aria-hidden className="size-4" />
            Begin
            <span className="sr-only"> {title}</span>
          </ButtonLink>
          <Button look="quiet" size="small" busy={busy} onClick={discard}>
            <Trash2 aria-hidden className="size-4" />
            Discard
            <span className="sr-only"> {title}</span>
          </Button>
        </span>
      </div>
      <RefusalNote refusal={refusal} />
    </>
  );
}
