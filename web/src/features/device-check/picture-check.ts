import type { FrameReading } from '@/devices/frame-reading';
import { clientHeader } from '@/graphql';

export type PictureRow = { what: string; tone: 'good' | 'warn' | 'waiting'; text: string };

/** Asks the analyser of the interview what it makes of one frame; `null` where nobody answers. */
export async function checkFrame(jpeg: ArrayBuffer): Promise<FrameReading | null> {
  try {
    const answer = await fetch('/api/frames/check', {
      method: 'POST',
      headers: { ...clientHeader, 'content-type': 'image/jpeg' },
      body: jpeg,
    });
    return answer.ok ? ((await answer.json()) as FrameReading) : null;
  } catch {
    return null;
  }
}

/** What the last readings say of light, place and eyes, in words that say what to do. */
export function pictureRows(readings: FrameReading[]): PictureRow[] {
  const last = readings.at(-1);
  if (!last) return [{ what: 'Picture', tone: 'waiting', text: 'Looking at the picture…' }];
  return [light(last), place(last), ...eyes(readings)];
}

function light(reading: FrameReading): PictureRow {
  const value = brightness(reading);
  if (value < 0.2) {
    return { what: 'Light', tone: 'warn', text: 'It is dark. Turn a light toward your face.' };
  }
  if (value > 0.9) {
    return { what: 'Light', tone: 'warn', text: 'It is too bright. Move away from the window.' };
  }
  return { what: 'Light', tone: 'good', text: 'Enough light on your face.' };
}

function brightness(reading: FrameReading): number {
  if ('face' in reading) return reading.face.light;
  if ('no_face' in reading) return reading.no_face.light;
  return reading.cannot_tell.light;
}

function place(reading: FrameReading): PictureRow {
  const row = (tone: PictureRow['tone'], text: string) => ({ what: 'Framing', tone, text });
  if ('no_face' in reading) return row('warn', 'No face is seen. Move into the picture.');
  if ('cannot_tell' in reading) {
    return row('warn', `The picture cannot be judged: ${reading.cannot_tell.reason}.`);
  }
  const { faces, face } = reading.face;
  if (faces > 1) return row('warn', `${faces} faces are seen. In the interview it should be one.`);
  if (face.height < 0.18) return row('warn', 'You are far away. Come closer.');
  if (face.height > 0.75) return row('warn', 'You are very close. Move back a little.');
  const middle = face.x + face.width / 2;
  if (Math.abs(middle - 0.5) > 0.22) return row('warn', 'You are at the edge. Move to the middle.');
  return row('good', 'You are well in the picture.');
}

/** A gaze is told by a few frames, never by one. */
function eyes(readings: FrameReading[]): PictureRow[] {
  const gazes = readings
    .slice(-5)
    .flatMap((reading) => ('face' in reading ? [reading.face.gaze] : []));
  const toward = gazes.filter((gaze) => gaze === 'toward').length;
  const away = gazes.filter((gaze) => gaze === 'away').length;
  if (toward + away < 3) return [];
  return toward >= away
    ? [{ what: 'Eyes', tone: 'good', text: 'You look toward the camera.' }]
    : [
        {
          what: 'Eyes',
          tone: 'warn',
          text: 'You seem to look past the camera. Set it near the text you read.',
        },
      ];
}
