import { useCallback, useEffect, useRef, useState } from 'react';
import type { FrameReading } from '@/devices/frame-reading';
import { deviceProblem, originProblem } from '@/devices/media-devices';
import { loudness, pcmChunks } from '@/devices/pcm-source';
import { LiveConnection, type Standing } from './live-connection';
import type { News } from './news';
import { openEars, openEyes, type Problems, showCamera, takeOf } from './open-devices';
import { InterviewRecorder, type RecorderStanding } from './recorder';
import { hear, nothingSaid, recall, type TranscriptState } from './transcript-state';
import { Turn } from './turn';
import { useWrittenWords } from './use-written-words';

const readingsKept = 6;

const noProblems: Problems = { microphone: null, camera: null };

type Wish = { withCamera: boolean; record: boolean };

/** Camera and microphone of one interview while they are on, and all that is heard and seen. */
export function useLiveSession(interviewId: string, questionId: string | null) {
  const connection = useRef<LiveConnection | null>(null);
  const turn = useRef(new Turn());
  const wanted = useRef<Wish | null>(null);
  const resting = useRef<Wish | null>(null);
  // The socket and the take before have their last words to say.
  const closing = useRef(Promise.resolve());
  const taken = useRef(Promise.resolve());
  const video = useRef<HTMLVideoElement>(null);
  const muted = useRef(false);
  const recorder = useRef<InterviewRecorder | null>(null);
  const [standing, setStanding] = useState<Standing | null>(null);
  const [problems, setProblems] = useState(noProblems);
  const [transcript, setTranscript] = useState<TranscriptState>(nothingSaid);
  const [readings, setReadings] = useState<FrameReading[]>([]);
  const [level, setLevel] = useState(0);
  const [seen, setSeen] = useState(false);
  const [recording, setRecording] = useState<RecorderStanding>({ state: 'idle' });

  const readWritten = useWrittenWords(
    interviewId,
    questionId,
    useCallback((said) => setTranscript((state) => recall(state, said)), []),
  );

  const letGo = useCallback(() => {
    turn.current.end();
    connection.current = null;
    setSeen(false);
    setLevel(0);
    setReadings([]);
  }, []);

  const stop = useCallback(() => {
    letGo();
    wanted.current = null;
    resting.current = null;
    setStanding(null);
  }, [letGo]);

  const start = useCallback(
    async (wish: Wish) => {
      stop();
      // Another tab may have heard more meanwhile.
      readWritten();
      const now = new Turn();
      turn.current = now;
      wanted.current = wish;
      const forbidden = originProblem();
      setProblems({ ...noProblems, microphone: forbidden });
      if (forbidden) return;
      const tell = (device: keyof Problems, problem: string | null) => {
        if (!now.over) setProblems((before) => ({ ...before, [device]: problem }));
      };
      try {
        const microphone = await openEars(now, tell);
        if (now.over) return;
        const hears = {
          standing: (told: Standing) => {
            if (now.over) return;
            // Nobody listens any more, so nobody should be heard, seen or recorded.
            if (told.state === 'ended') letGo();
            setStanding(told);
          },
          news: (news: News) => {
            setTranscript((state) => hear(state, news));
            if (news.type === 'seen') {
              setReadings((before) => [...before, news.reading].slice(-readingsKept));
            }
          },
        };
        const live = new LiveConnection(interviewId, hears, closing.current);
        now.keep(() => {
          closing.current = live.finish();
        });
        connection.current = live;
        setStanding({ state: 'connecting' });
        const stopPcm = await pcmChunks(microphone, (samples, capturedAt) => {
          // Silence is sent on, so that no moment is missing.
          const sound = muted.current ? new ArrayBuffer(samples.byteLength) : samples;
          setLevel(loudness(sound));
          live.speak(sound, capturedAt);
        });
        if (!now.keep(stopPcm)) return;
        const sight = new Turn();
        now.keep(() => sight.end());
        const camera = wish.withCamera
          ? await openEyes(sight, tell, (fate) => {
              // A picture that is not taken any more says nothing about whoever sits there.
              setReadings([]);
              if (fate === 'ended') setSeen(false);
            })
          : null;
        if (now.over) return;
        setSeen(camera !== null);
        if (wish.record) {
          recorder.current ??= new InterviewRecorder(interviewId, setRecording);
          const tracks = [...(camera?.getVideoTracks() ?? []), ...microphone.getAudioTracks()];
          const stream = new MediaStream(tracks);
          taken.current = takeOf(now, recorder.current, stream, taken.current);
        }
        if (camera) sight.keep(await showCamera(video, camera, live));
      } catch (error) {
        tell('microphone', deviceProblem(error, 'microphone'));
        if (!now.over) stop();
      }
    },
    [interviewId, letGo, readWritten, stop],
  );

  useEffect(() => {
    connection.current?.ask(questionId);
  }, [questionId]);
  useEffect(() => stop, [stop]);

  const switchOff = useCallback(() => {
    stop();
    setProblems(noProblems);
  }, [stop]);

  /** Lets the devices go while the interview is paused. */
  const pause = useCallback(() => {
    if (turn.current.over) return;
    const wish = wanted.current;
    stop();
    resting.current = wish;
  }, [stop]);

  /** Switches on again what a pause switched off. */
  const goOn = useCallback(() => {
    if (resting.current) void start(resting.current);
  }, [start]);

  /** Switches on as before, here: after a fault, or when another tab took over. */
  const again = useCallback(() => {
    if (wanted.current) void start(wanted.current);
  }, [start]);

  /** The interview is over: the recording is joined, and the devices are let go. */
  const finish = useCallback(() => {
    void recorder.current?.finish();
    stop();
  }, [stop]);

  const isOn = standing !== null;
  useEffect(() => {
    if (isOn) connection.current?.ask(questionId);
  }, [isOn, questionId]);

  return {
    start,
    stop: switchOff,
    pause,
    goOn,
    again,
    finish,
    /** What is said while muted is not heard: the voice that reads the question, for one. */
    mute: (on: boolean) => {
      muted.current = on;
    },
    finalize: () => connection.current?.finalize() ?? Promise.resolve(null),
    video,
    standing,
    problems,
    transcript,
    readings,
    level,
    seen,
    recording,
  };
}

export type LiveSession = ReturnType<typeof useLiveSession>;
