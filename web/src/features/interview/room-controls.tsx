import { DoorOpen, Pause, Square } from 'lucide-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useCommand } from '@/command';
import { graphql } from '@/gql/gql';
import { Button } from '@/ui/button';
import { Dialog } from '@/ui/dialog';
import { RefusalNote } from '@/ui/refusal-note';

const PauseInterview = graphql(`
  mutation PauseInterview($input: InterviewCommandInput!) {
    pauseInterview(input: $input) {
      refusal { code message field }
      position
    }
  }
`);

const AbandonInterview = graphql(`
  mutation AbandonInterview($input: InterviewCommandInput!) {
    abandonInterview(input: $input) {
      refusal { code message field }
      position
    }
  }
`);

const EndInterview = graphql(`
  mutation EndInterview($input: InterviewCommandInput!) {
    completeInterview(input: $input) {
      refusal { code message field }
      position
    }
  }
`);

export function RoomControls({
  interviewId,
  pausable,
  endable,
  answered,
  onChanged,
}: {
  interviewId: string;
  pausable: boolean;
  endable: boolean;
  /** Answers given so far: with one there is a report, without the interview is only left. */
  answered: number;
  onChanged: (position: string | null | undefined) => Promise<void>;
}) {
  const pausing = useCommand(PauseInterview);
  const leaving = useCommand(AbandonInterview);
  const finishing = useCommand(EndInterview);
  const ending = answered > 0 ? finishing : leaving;
  const [asking, setAsking] = useState(false);
  const navigate = useNavigate();
  const pause = async () => {
    const done = await pausing.run({ interviewId });
    if (done) await onChanged(done.position);
  };
  /** Who leaves is away: the clock stops as in a pause. */
  const leave = async () => {
    if (pausable) await pausing.run({ interviewId });
    navigate('/dashboard');
  };
  const end = async () => {
    const done = await ending.run({ interviewId });
    if (!done) return;
    setAsking(false);
    await onChanged(done.position);
  };
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap gap-2">
        {pausable && (
          <Button look="quiet" size="small" busy={pausing.busy} onClick={pause}>
            <Pause aria-hidden className="size-4" />
            Pause
          </Button>
        )}
        <Button look="quiet" size="small" onClick={leave}>
          <DoorOpen aria-hidden className="size-4" />
          Leave for now
        </Button>
        {endable && (
          <Button look="quiet" size="small" onClick={() => setAsking(true)}>
            <Square aria-hidden className="size-4" />
            End early
          </Button>
        )}
      </div>
      <RefusalNote refusal={pausing.refusal} />
      <Dialog
        open={asking}
        title="End this interview early?"
        onClose={() => setAsking(false)}
        actions={
          <>
            <Button look="secondary" onClick={() => setAsking(false)}>
              Keep going
            </Button>
            <Button look="danger" busy={ending.busy} onClick={end}>
              End it
            </Button>
          </>
        }
      >
        <p>
          {answered > 0
            ? 'The answers you have given stay and are reported. The open question goes unanswered, and the interview cannot be taken up again. To come back later, pause it instead.'
            : 'Nothing was answered yet, so there will be no report. You can take it up again from the dashboard.'}
        </p>
        <div className="mt-3">
          <RefusalNote refusal={ending.refusal} />
        </div>
      </Dialog>
    </div>
  );
}
