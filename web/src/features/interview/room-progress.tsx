import { type FragmentType, unmask } from '@/gql/fragment-masking';
import { graphql } from '@/gql/gql';
import { plural } from '@/ui/format';
import { Meter } from '@/ui/meter';

const RoomFragment = graphql(`
  fragment RoomProgress_room on InterviewRoom {
    id
    questions
    asked { id number gap retryOf answer { id } }
  }
`);

/** Planned questions that are behind the candidate; follow-ups belong to their question. */
export function RoomProgress(props: { room: FragmentType<typeof RoomFragment> }) {
  const room = unmask(RoomFragment, props.room);
  const open = room.asked.find((question) => !question.answer && !question.retryOf);
  const answered = new Set(
    room.asked.filter((one) => one.answer && one.number !== open?.number).map((one) => one.number),
  ).size;
  return (
    <div>
      <p className="mb-1.5 flex justify-between text-sm text-muted">
        <span>Progress</span>
        <span className="tabular-nums">
          {answered} of {plural(room.questions, 'question')} done
        </span>
      </p>
      <Meter value={answered} max={room.questions} label="Questions done" />
    </div>
  );
}
