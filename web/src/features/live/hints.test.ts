import { describe, expect, it } from 'vitest';
import type { FrameReading } from '@/devices/frame-reading';
import { hintsFor } from './hints';
import type { SpokenWord } from './news';
import { nothingSaid, type TranscriptState } from './transcript-state';

function speech(count: number, msPerWord: number, fillerEvery = 0): TranscriptState {
  const words: SpokenWord[] = Array.from({ length: count }, (_, place) => ({
    text: 'word',
    start_ms: place * msPerWord,
    end_ms: (place + 1) * msPerWord,
    confidence: 1,
    filler: fillerEvery > 0 && place % fillerEvery === 0,
  }));
  return { ...nothingSaid, said: [{ utteranceId: 'u', questionId: 'q', words }] };
}

function seen(
  changes: Partial<{ gaze: 'toward' | 'away'; light: number; x: number }>,
): FrameReading {
  return {
    face: {
      faces: 1,
      face: { x: changes.x ?? 0.35, y: 0.2, width: 0.3, height: 0.4 },
      head: { yaw: 0, pitch: 0, roll: 0 },
      gaze: changes.gaze ?? 'toward',
      light: changes.light ?? 0.5,
      confidence: 0.9,
    },
  };
}

const about = (state: TranscriptState, readings: FrameReading[] = []) =>
  hintsFor(state, readings).map((hint) => hint.about);

describe('hintsFor', () => {
  it('is quiet while all is well or too little is known', () => {
    expect(about(speech(40, 400))).toEqual([]);
    expect(about(speech(10, 100))).toEqual([]);
    expect(about(nothingSaid, [seen({ gaze: 'away' }), seen({}), seen({ gaze: 'away' })])).toEqual(
      [],
    );
  });

  it('speaks of pace and fillers', () => {
    expect(about(speech(60, 250))).toEqual(['pace']);
    expect(about(speech(60, 800))).toEqual(['pace']);
    expect(about(speech(60, 400, 5))).toEqual(['fillers']);
  });

  it('speaks of what the camera sees, once it lasts', () => {
    const lasting = (reading: FrameReading) => about(nothingSaid, [reading, reading, reading]);
    expect(lasting({ no_face: { light: 0.5 } })).toEqual(['framing']);
    expect(lasting(seen({ light: 0.1 }))).toEqual(['light']);
    expect(lasting(seen({ gaze: 'away' }))).toEqual(['eyes']);
    expect(lasting(seen({ x: 0.02 }))).toEqual(['framing']);
  });
});
