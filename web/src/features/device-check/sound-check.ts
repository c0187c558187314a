/** Loudness of 100 ms each, in dB below the loudest there is (0 is the loudest, -90 silence). */
export type Loudness = number[];

export type SoundVerdict = { tone: 'good' | 'warn' | 'waiting'; text: string };

const keptChunks = 60;
const enoughChunks = 20;
/** Speech stands out from a room by this much. */
const standsOutDb = 12;
const loudRoomDb = -42;
const quietVoiceDb = -40;
const clippingDb = -2;

export function decibels(samples: ArrayBuffer): number {
  const values = new Int16Array(samples);
  let sum = 0;
  for (const value of values) sum += value * value;
  const level = Math.sqrt(sum / Math.max(1, values.length)) / 32_768;
  return Math.max(-90, 20 * Math.log10(Math.max(level, 1e-6)));
}

export function listened(before: Loudness, one: number): Loudness {
  return [...before, one].slice(-keptChunks);
}

/** What the last six seconds tell of the room and of the voice. */
export function soundVerdict(heard: Loudness): SoundVerdict {
  if (heard.length < enoughChunks) return { tone: 'waiting', text: 'Listening…' };
  const sorted = [...heard].sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? -90;
  const [room, voice, loudest] = [at(0.1), at(0.9), at(1)];
  if (loudest <= -80) {
    return {
      tone: 'warn',
      text: 'Nothing is heard at all. Is the microphone muted, or another one chosen?',
    };
  }
  if (room > loudRoomDb) {
    return {
      tone: 'warn',
      text: 'It is loud around you. Close a window, or use a headset if you have one.',
    };
  }
  if (voice - room < standsOutDb) {
    return { tone: 'waiting', text: 'Say a sentence or two, as you would in the interview.' };
  }
  if (loudest > clippingDb) {
    return { tone: 'warn', text: 'You are very loud. Move back a little from the microphone.' };
  }
  if (voice < quietVoiceDb) {
    return { tone: 'warn', text: 'You are hard to hear. Come closer, or speak up.' };
  }
  return { tone: 'good', text: 'You are heard well, and the room is quiet enough.' };
}
