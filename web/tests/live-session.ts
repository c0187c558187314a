import { createRef } from 'react';
import { nothingSaid } from '@/features/live/transcript-state';
import type { LiveSession } from '@/features/live/use-live-session';

/** A session that listens and hears nothing, but for what is given. */
export function sessionThat(given: Partial<LiveSession>): LiveSession {
  const nothing = () => undefined;
  return {
    start: () => Promise.resolve(),
    stop: nothing,
    pause: nothing,
    goOn: nothing,
    again: nothing,
    finish: nothing,
    mute: nothing,
    finalize: () => Promise.resolve(null),
    video: createRef<HTMLVideoElement>(),
    standing: { state: 'listening', engine: 'whisper-base/2' },
    problems: { microphone: null, camera: null },
    transcript: nothingSaid,
    readings: [],
    level: 0,
    seen: false,
    recording: { state: 'idle' },
    ...given,
  };
}
