import { expect, test } from 'vitest';
import { decibels, listened, soundVerdict } from './sound-check';

const chunks = (...parts: [number, number][]) =>
  parts.flatMap(([count, level]) => Array.from({ length: count }, () => level));

test('a sentence in a quiet room is heard well', () => {
  expect(soundVerdict(chunks([30, -60], [30, -22])).tone).toBe('good');
});

test('a quiet room without a voice asks for one', () => {
  expect(soundVerdict(chunks([60, -60])).text).toContain('Say a sentence');
});

test('a loud room, a quiet voice and a dead microphone are told apart', () => {
  expect(soundVerdict(chunks([60, -30])).text).toContain('loud around you');
  expect(soundVerdict(chunks([30, -70], [30, -45])).text).toContain('hard to hear');
  expect(soundVerdict(chunks([60, -90])).text).toContain('muted');
});

test('little heard says nothing', () => {
  expect(soundVerdict(chunks([5, -20])).tone).toBe('waiting');
});

test('loudness is counted from the loudest there is, and only the last six seconds are kept', () => {
  const loudest = Int16Array.from({ length: 1600 }, (_, place) => (place % 2 ? 32_767 : -32_767));
  expect(decibels(loudest.buffer)).toBeCloseTo(0, 1);
  expect(decibels(new Int16Array(1600).buffer)).toBe(-90);
  expect(listened(chunks([60, -50]), -10)).toHaveLength(60);
});
