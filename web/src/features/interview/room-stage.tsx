import type { ReactNode } from 'react';
import { type FragmentType, unmask } from '@/gql/fragment-masking';
import { graphql } from '@/gql/gql';
import type { RoomStage_RoomFragment } from '@/gql/graphql';
import { ButtonLink } from '@/ui/button';
import { formatSpan, plural } from '@/ui/format';
import { Waiting } from '@/ui/states';
import { AnswerEditor } from './answer-editor';
import { QuestionCard } from './question-card';
import { QuestionTimer } from './question-timer';
import { RoomStep } from './room-step';

const StartInterview = graphql(`
  mutation StartInterview($input: InterviewCommandInput!) {
    startInterview(input: $input) { refusal { code message field } position }
  }
`);

const ResumeInterview = graphql(`
  mutation ResumeInterview($input: InterviewCommandInput!) {
    resumeInterview(input: $input) { refusal { code message field } position }
  }
`);

const CompleteInterview = graphql(`
  mutation CompleteInterview($input: InterviewCommandInput!) {
    completeInterview(input: $input) { refusal { code message field } position }
  }
`);

const RoomFragment = graphql(`
  fragment RoomStage_room on InterviewRoom {
    id
    status
    questions
    secondsPerQuestion
    planningFailure
    thinking
    asked {
      id
      answer { id }
      ...QuestionCard_question
      ...QuestionTimer_question
      ...AnswerEditor_question
    }
  }
`);

type StageProps = {
  room: RoomStage_RoomFragment;
  spoken: (questionId: string) => ReactNode;
  saidTo: (questionId: string) => string;
  onChanged: (position: string | null | undefined) => Promise<void>;
};

/** The middle of the room: whatever the interview waits for now. */
export function RoomStage(props: {
  room: FragmentType<typeof RoomFragment>;
  onChanged: (position: string | null | undefined) => Promise<void>;
  /** What stands in place of the editor while a question is answered aloud; `null` while it is written. */
  spoken: (questionId: string) => ReactNode;
  /** What was said aloud to a question so far. */
  saidTo: (questionId: string) => string;
}) {
  const room = unmask(RoomFragment, props.room);
  switch (room.status) {
    case 'CONFIGURED':
      return <Planning room={room} />;
    case 'READY':
      return (
        <RoomStep
          title="Ready when you are"
          action="Start the interview"
          command={StartInterview}
          interviewId={room.id}
          onDone={props.onChanged}
        >
          <p>
            {plural(room.questions, 'question')}, about {formatSpan(room.secondsPerQuestion)} each.
            The clock only nudges you; it never cuts you off.
          </p>
          <p>
            What you write is saved as you type, and what you say as you speak. Thinking before you
            begin costs nothing, and you can pause or leave at any time.
          </p>
        </RoomStep>
      );
    case 'PAUSED':
      return (
        <RoomStep
          title="Paused"
          action="Go on"
          command={ResumeInterview}
          interviewId={room.id}
          onDone={props.onChanged}
        >
          <p>
            Take the time you need. Microphone and camera are off until you go on; what you said and
            wrote so far is kept.
          </p>
        </RoomStep>
      );
    case 'ABANDONED':
      return (
        <RoomStep
          title="You left this interview"
          action="Take it up again"
          command={ResumeInterview}
          interviewId={room.id}
          onDone={props.onChanged}
        >
          <p>It is where you left it, with your draft.</p>
        </RoomStep>
      );
    case 'DISCARDED':
      return (
        <div className="space-y-4">
          <h2 className="text-2xl font-semibold">You discarded this interview</h2>
          <ButtonLink to="/interview/new">Set up another</ButtonLink>
        </div>
      );
    case 'IN_PROGRESS':
      return <OpenQuestion {...props} room={room} />;
    case 'COMPLETED':
      return <Waiting>Opening your report…</Waiting>;
  }
}

function Planning({ room }: { room: RoomStage_RoomFragment }) {
  if (!room.planningFailure) return <Waiting>Choosing your questions…</Waiting>;
  return (
    <div role="alert" className="space-y-4">
      <h2 className="text-2xl font-semibold">No questions could be chosen</h2>
      <p className="text-muted">{room.planningFailure}</p>
      <ButtonLink to="/interview/new">Set it up anew</ButtonLink>
    </div>
  );
}

function OpenQuestion({ room, spoken, saidTo, onChanged }: StageProps) {
  const last = room.asked.findLast(({ answer }) => !answer) ?? room.asked.at(-1);
  if (last && !last.answer) {
    return (
      <div key={last.id} className="space-y-6">
        <QuestionCard question={last} questions={room.questions} announce={room.asked.length > 1} />
        <QuestionTimer
          interviewId={room.id}
          secondsPerQuestion={room.secondsPerQuestion}
          question={last}
          onExtended={onChanged}
        />
        {spoken(last.id) ?? (
          <AnswerEditor
            interviewId={room.id}
            question={last}
            said={saidTo(last.id)}
            onSubmitted={onChanged}
          />
        )}
      </div>
    );
  }
  if (room.thinking || !last) {
    return (
      <div className="py-10">
        <Waiting>
          {last
            ? 'Reading your answer and choosing what to ask next…'
            : 'Asking the first question…'}
        </Waiting>
      </div>
    );
  }
  return (
    <RoomStep
      title="That was the last question"
      action="Finish and see the report"
      command={CompleteInterview}
      interviewId={room.id}
      onDone={onChanged}
    >
      <p>Well done. Your report shows every score together with the words it comes from.</p>
    </RoomStep>
  );
}
