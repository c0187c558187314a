import { useEffect, useRef, useState } from 'react';
import { Navigate, useLocation, useParams } from 'react-router';
import { Gate } from '@/features/account/gate';
import { AnsweredList } from '@/features/interview/answered-list';
import { RoomControls } from '@/features/interview/room-controls';
import { RoomProgress } from '@/features/interview/room-progress';
import { RoomStage } from '@/features/interview/room-stage';
import { chosenWay } from '@/features/live/answer-way';
import { QuestionVoice } from '@/features/live/question-voice';
import { SelfView } from '@/features/live/self-view';
import { SpokenAnswer } from '@/features/live/spoken-answer';
import { SwitchOn } from '@/features/live/switch-on';
import { asWritten, saidTo } from '@/features/live/transcript-state';
import { useLiveSession } from '@/features/live/use-live-session';
import { graphql } from '@/gql/gql';
import { useLive } from '@/live';
import { Page } from '@/ui/page';
import { Panel } from '@/ui/panel';
import { ErrorState, LoadingPanels } from '@/ui/states';
import { NotFound } from './faults';

const RoomQuery = graphql(`
  query Room($id: ID!, $atLeast: Position) {
    interviewRoom(id: $id, atLeast: $atLeast) {
      id
      status
      thinking
      role { slug title }
      asked { id text answer { id } ...AnsweredList_question }
      ...RoomProgress_room
      ...RoomStage_room
    }
  }
`);

const RoomChanged = graphql(`
  subscription RoomChanged($id: ID!) {
    interviewRoom(id: $id) {
      id
      status
      thinking
      role { slug title }
      asked { id text answer { id } ...AnsweredList_question }
      ...RoomProgress_room
      ...RoomStage_room
    }
  }
`);

const thinkingCheckMs = 5_000;

export function Component() {
  const { id = '' } = useParams();
  return (
    <Gate door="ready">
      <Room key={id} id={id} />
    </Gate>
  );
}

function Room({ id }: { id: string }) {
  const { data, error, retry, catchUp } = useLive({
    query: RoomQuery,
    variables: { id, atLeast: useConfiguredAt() },
    subscription: RoomChanged,
    subscribeTo: { id },
    waitFor: ({ interviewRoom }) => Boolean(interviewRoom),
  });
  const room = data?.interviewRoom;
  const thinking = room?.thinking ?? false;
  // Nobody should sit before a thinking screen because one message was lost.
  useEffect(() => {
    if (!thinking) return;
    const timer = setInterval(retry, thinkingCheckMs);
    return () => clearInterval(timer);
  }, [thinking, retry]);

  // A question that is tried again stands before the one that was open.
  const last = room?.asked.findLast(({ answer }) => !answer) ?? room?.asked.at(-1);
  const open = room?.status === 'IN_PROGRESS' && last && !last.answer ? last.id : null;
  const session = useLiveSession(id, open);
  const way = chosenWay(useLocation().state);
  const [aloud, setAloud] = useState(way.by !== 'writing');
  // Who agreed is recorded again after switching off and on; who came without being asked is asked here.
  const [record, setRecord] = useState(way.record);
  const speaking = aloud && session.standing !== null;
  const { start } = session;
  const begun = room?.status === 'IN_PROGRESS';
  // Whoever chose to speak gave leave on the page before; microphone and camera go on with the interview.
  const begins = useRef(way.by !== 'writing');
  useEffect(() => {
    if (!begun || !begins.current) return;
    begins.current = false;
    void start({ withCamera: way.by === 'camera', record: way.record });
  }, [begun, start, way.by, way.record]);
  const status = room?.status;
  const { stop, pause, goOn, finish } = session;
  useEffect(() => {
    if (status === 'COMPLETED') finish();
    if (status === 'ABANDONED') stop();
    if (status === 'PAUSED') pause();
    if (status === 'IN_PROGRESS') goOn();
  }, [status, finish, stop, pause, goOn]);

  if (data && !room) return <NotFound />;
  if (room?.status === 'COMPLETED') {
    return <Navigate to={`/interview/${id}/results`} replace />;
  }
  const started = room?.status === 'IN_PROGRESS' || room?.status === 'PAUSED';
  return (
    <Page title={room ? `Interview: ${room.role.title}` : 'Interview'} width="reading">
      {!room && error && <ErrorState what="the interview" onRetry={retry} />}
      {!room && !error && <LoadingPanels label="Opening the interview" count={2} />}
      {room && (
        <div className="space-y-6">
          {started && <RoomProgress room={room} />}
          <Panel aria-label="Interview" className="sm:p-9">
            <RoomStage
              room={room}
              onChanged={catchUp}
              saidTo={(questionId) => asWritten(saidTo(session.transcript, questionId))}
              spoken={(questionId) =>
                speaking ? (
                  <SpokenAnswer
                    key={questionId}
                    session={session}
                    interviewId={id}
                    questionId={questionId}
                    onSubmitted={catchUp}
                    onWrite={() => setAloud(false)}
                  />
                ) : null
              }
            />
          </Panel>
          {speaking && open && session.standing?.state !== 'ended' && (
            <QuestionVoice questionId={open} text={last?.text ?? ''} session={session} />
          )}
          {session.standing && <SelfView session={session} />}
          {room.status === 'IN_PROGRESS' && !speaking && (
            <SwitchOn
              session={session}
              isOn={session.standing !== null}
              record={record}
              onRecord={setRecord}
              onOn={() => setAloud(true)}
            />
          )}
          <RoomControls
            interviewId={id}
            pausable={room.status === 'IN_PROGRESS'}
            endable={started}
            answered={room.asked.filter(({ answer }) => answer).length}
            onChanged={catchUp}
          />
          <AnsweredList
            interviewId={id}
            questions={room.asked}
            going={room.status === 'IN_PROGRESS'}
            onChanged={catchUp}
          />
        </div>
      )}
    </Page>
  );
}

/** The position of the command that made this interview, when we come straight from it. */
function useConfiguredAt(): string | null {
  const state: unknown = useLocation().state;
  if (typeof state !== 'object' || state === null || !('atLeast' in state)) return null;
  return typeof state.atLeast === 'string' ? state.atLeast : null;
}
