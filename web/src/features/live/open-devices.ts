import type { RefObject } from 'react';
import { cameraFrames } from '@/devices/frame-source';
import {
  deviceProblem,
  fateProblem,
  openCamera,
  openMicrophone,
  stopStream,
} from '@/devices/media-devices';
import { rememberedDevices } from '@/devices/remembered-devices';
import { type TrackFate, watchTrack } from '@/devices/track-watch';
import type { LiveConnection } from './live-connection';
import type { InterviewRecorder } from './recorder';
import type { Turn } from './turn';

export type Problems = { microphone: string | null; camera: string | null };

type Tell = (device: keyof Problems, problem: string | null) => void;

/** Opens the microphone for one turn, and tells what becomes of it. */
export async function openEars(turn: Turn, tell: Tell): Promise<MediaStream> {
  const microphone = await openMicrophone(rememberedDevices().microphone);
  turn.keep(() => stopStream(microphone));
  const watch = watchTrack(microphone.getAudioTracks()[0], (fate) =>
    tell('microphone', fateProblem(fate, 'microphone')),
  );
  turn.keep(watch);
  return microphone;
}

/** Opens the camera for one turn, which ends with it; `null` where there is none, which is told. */
export async function openEyes(
  turn: Turn,
  tell: Tell,
  onFate: (fate: TrackFate) => void,
): Promise<MediaStream | null> {
  try {
    const camera = await openCamera(rememberedDevices().camera);
    turn.keep(() => stopStream(camera));
    const watch = watchTrack(camera.getVideoTracks()[0], (fate) => {
      tell('camera', fateProblem(fate, 'camera'));
      onFate(fate);
      if (fate === 'ended') turn.end();
    });
    turn.keep(watch);
    return camera;
  } catch (error) {
    tell('camera', deviceProblem(error, 'camera'));
    return null;
  }
}

/** Shows the camera to its owner and to the server. Returns how to stop it. */
export async function showCamera(
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
  const track = camera.getVideoTracks()[0];
  return cameraFrames(element, (jpeg, capturedAt) => {
    if (!track?.muted) live.show(jpeg, capturedAt);
  });
}

/** Records one turn, once the take `before` it is uploaded. Resolves when this one is, too. */
export function takeOf(
  turn: Turn,
  tape: InterviewRecorder,
  stream: MediaStream,
  before: Promise<void>,
): Promise<void> {
  return new Promise((resolve) => {
    void before.then(() => {
      if (!turn.over) return tape.start(stream);
    });
    // The take ends; what was recorded is uploaded still.
    turn.keep(() => resolve(tape.pause()));
  });
}
