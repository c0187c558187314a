import type { FrameReading } from '@/devices/frame-reading';
import type { SpokenWord } from './news';
import type { TranscriptState } from './transcript-state';

export type Hint = { about: 'pace' | 'fillers' | 'framing' | 'light' | 'eyes'; text: string };

/** Comfortable speech lies about between these, in words per minute; see the rubric of delivery. */
const slow = 100;
const fast = 180;
/** With fewer words a hint would say more about chance than about speech. */
const enoughWords = 25;
const manyFillers = 0.08;

/** What would help now, and nothing where all is well or too little is known. */
export function hintsFor(state: TranscriptState, readings: FrameReading[]): Hint[] {
  const utterances = state.said.slice(-4);
  const words = utterances.flatMap((said) => said.words);
  return [...speechHints(words, utterances.map(spokenMs)), ...sightHints(readings)];
}

function spokenMs({ words }: { words: SpokenWord[] }): number {
  return words.at(-1)?.end_ms ?? 0;
}

function speechHints(words: SpokenWord[], lengths: number[]): Hint[] {
  const spoken = words.filter(({ filler }) => !filler).length;
  const minutes = lengths.reduce((sum, ms) => sum + ms, 0) / 60_000;
  if (spoken < enoughWords || minutes === 0) return [];
  const hints: Hint[] = [];
  const pace = spoken / minutes;
  if (pace > fast)
    hints.push({ about: 'pace', text: 'You speak fast. Breathe between sentences.' });
  if (pace < slow)
    hints.push({ about: 'pace', text: 'You speak slowly. A little faster is fine.' });
  if ((words.length - spoken) / spoken > manyFillers) {
    hints.push({ about: 'fillers', text: 'A silent pause works as well as “um”.' });
  }
  return hints;
}

/** A hint about the picture needs three readings in a row that agree: one odd frame says nothing. */
function sightHints(readings: FrameReading[]): Hint[] {
  const last = readings.slice(-3);
  if (last.length < 3) return [];
  const all = (holds: (reading: FrameReading) => boolean) => last.every(holds);
  if (all((reading) => 'no_face' in reading)) {
    return [{ about: 'framing', text: 'The camera does not see you. Move into the picture.' }];
  }
  if (all((reading) => brightness(reading) < 0.2)) {
    return [{ about: 'light', text: 'It is dark. Turn a light toward your face.' }];
  }
  const hints: Hint[] = [];
  const faces = last.flatMap((reading) => ('face' in reading ? [reading.face] : []));
  if (faces.length === 3) {
    if (faces.every(({ faces: count }) => count > 1)) {
      hints.push({ about: 'framing', text: 'Somebody else is in the picture.' });
    }
    if (faces.every(({ face }) => face.height < 0.18)) {
      hints.push({ about: 'framing', text: 'You are far away. Come closer to the camera.' });
    }
    if (faces.every(({ face }) => Math.abs(face.x + face.width / 2 - 0.5) > 0.22)) {
      hints.push({
        about: 'framing',
        text: 'You are at the edge. Move to the middle of the picture.',
      });
    }
    if (faces.every(({ gaze }) => gaze === 'away')) {
      hints.push({ about: 'eyes', text: 'Look into the camera when you make your point.' });
    }
  }
  return hints;
}

function brightness(reading: FrameReading): number {
  if ('face' in reading) return reading.face.light;
  if ('no_face' in reading) return reading.no_face.light;
  return reading.cannot_tell.light;
}
