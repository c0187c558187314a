import { expect, test } from 'vitest';
import type { FaceReading, FrameReading } from '@/devices/frame-reading';
import { pictureRows } from './picture-check';

const seen = (changes: Partial<FaceReading> = {}): FrameReading => ({
  face: {
    faces: 1,
    face: { x: 0.35, y: 0.2, width: 0.3, height: 0.4 },
    head: null,
    gaze: 'toward',
    light: 0.5,
    confidence: 0.9,
    ...changes,
  },
});

test('a face in the middle and in the light is well', () => {
  const rows = pictureRows(Array.from({ length: 5 }, () => seen()));
  expect(rows.map(({ tone }) => tone)).toEqual(['good', 'good', 'good']);
});

test('what is wrong says what to do', () => {
  expect(pictureRows([{ no_face: { light: 0.1 } }]).map(({ text }) => text)).toEqual([
    'It is dark. Turn a light toward your face.',
    'No face is seen. Move into the picture.',
  ]);
  const edge = seen({ face: { x: 0, y: 0.2, width: 0.3, height: 0.4 } });
  expect(pictureRows([edge])[1]?.text).toContain('at the edge');
});

test('one look away is no verdict on the eyes', () => {
  expect(pictureRows([seen({ gaze: 'away' })]).map(({ what }) => what)).not.toContain('Eyes');
});
