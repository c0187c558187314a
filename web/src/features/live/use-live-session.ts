import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { FrameReading } from '@/devices/frame-reading';
import { cameraFrames } from '@/devices/frame-source';
import {
  deviceProblem,
  openCamera,
  openMicrophone,
  originProblem,
  stopStream,
} from '@/devices/media-devices';
import { loudness, pcmChunks } from '@/devices/pcm-source';
import { rememberedDevices } from '@/devices/remembered-devices';
import { LiveConnection, type Standing } from './live-connection';
import type { News } from './news';
import { InterviewRecorder, type RecorderStanding } from './recorder';
import { hear, nothingSaid, type TranscriptState } from './transcript-state';

const readingsKept = 6;

/** Camera and microphone of one interview while they are on, and all that is heard and seen. */
export function useLiveSession(interviewId: string, questionId: string | null) {
  const connection = useRef<LiveConnection | null>(null);
  const stops = useRef<(() => void)[]>([]);
  const video = useRef<HTMLVideoElement>(null);
  const muted = useRef(false);
  const recorder = useRef<InterviewRecorder | null>(null);
  const [standing, setStanding] = useState<Standing | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [transcript, setTranscript] = useState<TranscriptState>(nothingSaid);
  const [readings, setReadings] = useState<FrameReading[]>([]);
  const [level, setLevel] = useState(0);
  const [seen, setSeen] = useState(false);
  const [recording, setRecording] = useState<RecorderStanding>({ state: 'idle' });

  const stop = useCallback(() => {
    // The take ends; what was recorded is uploaded still.
    void recorder.current?.pause();
    for (const one of stops.current.splice(0)) one();
    connection.current?.close();
    connection.current = null;
    setStanding(null);
    setSeen(false);
    setLevel(0);
    setReadings([]);
  }, []);

  const start = useCallback(
    async ({ withCamera, record }: { withCamera: boolean; record: boolean }) => {
      const forbidden = originProblem();
      setProblem(forbidden);
      if (forbidden) return;
      let microphone: MediaStream;
      try {
        microphone = await openMicrophone(rememberedDevices().microphone);
      } catch (error) {
        setProblem(deviceProblem(error, 'microphone'));
        return;
      }
      stops.current.push(() => stopStream(microphone));
      const live = new LiveConnection(interviewId, {
        standing: setStanding,
        news: (news: News) => {
          setTranscript((state) => hear(state, news));
          if (news.type === 'seen') {
            setReadings((before) => [...before, news.reading].slice(-readingsKept));
          }
        },
      });
      connection.current = live;
      setStanding({ state: 'connecting' });
      const stopPcm = await pcmChunks(microphone, (samples, capturedAt) => {
        // Silence is sent on, so that no moment is missing.
        const sound = muted.current ? new ArrayBuffer(samples.byteLength) : samples;
        setLevel(loudness(sound));
        live.speak(sound, capturedAt);
      });
      stops.current.push(stopPcm);
      const tape = (camera: MediaStream | null) => {
        if (!record) return;
        recorder.current ??= new InterviewRecorder(interviewId, setRecording);
        const tracks = [...(camera?.getVideoTracks() ?? []), ...microphone.getAudioTracks()];
        void recorder.current.start(new MediaStream(tracks));
      };
      if (!withCamera) {
        tape(null);
        return;
      }
      try {
        const camera = await openCamera(rememberedDevices().camera);
        stops.current.push(() => stopStream(camera));
        setSeen(true);
        tape(camera);
        stops.current.push(await showCamera(video, camera, live));
      } catch (error) {
        setProblem(deviceProblem(error, 'camera'));
        setSeen(false);
        tape(null);
      }
    },
    [interviewId],
  );

  useEffect(() => {
    connection.current?.ask(questionId);
  }, [questionId]);
  useEffect(() => stop, [stop]);

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
    stop,
    finish,
    /** What is said while muted is not heard: the voice that reads the question, for one. */
    mute: (on: boolean) => {
      muted.current = on;
    },
    finalize: () => connection.current?.finalize() ?? Promise.resolve(null),
    video,
    standing,
    problem,
    transcript,
    readings,
    level,
    seen,
    recording,
  };
}

export type LiveSession = ReturnType<typeof useLiveSession>;

async function showCamera(
  video: RefObject<HTMLVideoElement | null>,
  camera: MediaStream,
  live: LiveConnection,
): Promise<() => void> {
  // The element appears with the next frame of the page.
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const element = video.current;
  if (!element) return () => undefined;
  element.srcObject = camera;
  await element.play().catch(() => undefined);
  return cameraFrames(element, (jpeg, capturedAt) => live.show(jpeg, capturedAt));
}
