import { describe, expect, it } from 'vitest';
import {
  canRecord,
  InterviewRecorder,
  type RecorderStanding,
  type RecorderWorld,
} from './recorder';

/** A camera that gives what it is told to. */
class Camera {
  state: RecordingState = 'inactive';
  ondataavailable: ((event: { data: Blob }) => void) | null = null;
  onstop: (() => void) | null = null;
  onerror: (() => void) | null = null;
  last = 'tail';

  start(): void {
    this.state = 'recording';
  }

  give(text: string): void {
    this.ondataavailable?.({ data: new Blob([text]) });
  }

  stop(): void {
    this.state = 'inactive';
    if (this.last) this.give(this.last);
    this.onstop?.();
  }
}

/** The tests' browser has blobs that do not tell their text. */
function textOf(blob: Blob): Promise<string> {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.readAsText(blob);
  });
}

type Answer = { status: number; body?: object } | 'away';

/** A server that keeps parts, and answers as it is told before it answers well. */
function world(before: Answer[] = []) {
  const camera = new Camera();
  const asked: string[] = [];
  const waits: number[] = [];
  const kept = new Map<number, Blob>();
  let takes = 0;
  const answer = async (url: string, request: RequestInit): Promise<Response> => {
    const path = url.replace('/api/recordings/i1', '');
    const body = request.body instanceof Blob ? await textOf(request.body) : '';
    asked.push(`${request.method} ${path} ${body}`.trim());
    expect(new Headers(request.headers).get('x-interaura-client')).toBe('web');
    const first = before.shift();
    if (first === 'away') throw new TypeError('away');
    if (first) return new Response(JSON.stringify(first.body ?? {}), { status: first.status });
    if (path === '/start') {
      takes += 1;
      return new Response(JSON.stringify({ firstPart: (takes - 1) * 10_000 + 1 }));
    }
    return new Response('{}');
  };
  const made: RecorderWorld = {
    fetch: (url, request) => answer(String(url), request ?? {}),
    makeRecorder: () => camera as unknown as MediaRecorder,
    isSupported: (mediaType) => mediaType.includes('vp8'),
    wait: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
    now: () => Date.UTC(2026, 10, 23, 9),
    shelf: () => ({
      keep: async ({ number, body }) => void kept.set(number, body),
      drop: async (number) => void kept.delete(number),
      left: async () => [...kept].map(([number, body]) => ({ number, body })),
    }),
  };
  return { made, camera, asked, waits, kept };
}

const stream = {} as MediaStream;

function recorder(made: RecorderWorld) {
  const told: RecorderStanding[] = [];
  return { told, recorder: new InterviewRecorder('i1', (standing) => told.push(standing), made) };
}

describe('InterviewRecorder', () => {
  it('uploads parts in order and ends after the last', async () => {
    const { made, camera, asked } = world();
    const { recorder: one, told } = recorder(made);
    const starting = one.start(stream);
    camera.give('early');
    await starting;
    camera.give('two');
    await one.finish();
    expect(asked).toEqual([
      'POST /start',
      'PUT /parts/1 early',
      'PUT /parts/2 two',
      'PUT /parts/3 tail',
      'POST /end',
    ]);
    expect(told.at(-1)).toEqual({ state: 'done' });
  });

  it('sends a part again until it is there, and the next ones after it', async () => {
    const { made, camera, asked, waits } = world([
      { status: 503 },
      { status: 200, body: { firstPart: 1 } },
      'away',
      { status: 429 },
    ]);
    const { recorder: one } = recorder(made);
    await one.start(stream);
    camera.give('one');
    await one.finish();
    expect(asked).toEqual([
      'POST /start',
      'POST /start',
      'PUT /parts/1 one',
      'PUT /parts/1 one',
      'PUT /parts/1 one',
      'PUT /parts/2 tail',
      'POST /end',
    ]);
    expect(waits).toHaveLength(3);
  });

  it('stops with words where the disk is full, and asks no more', async () => {
    const message = 'The server has no room for the recording; the interview goes on without it.';
    const { made, camera, asked } = world([
      { status: 200, body: { firstPart: 1 } },
      { status: 507, body: { code: 'NO_ROOM', message } },
    ]);
    const { recorder: one } = recorder(made);
    await one.start(stream);
    camera.give('one');
    await one.finish();
    expect(one.standing).toEqual({ state: 'stopped', reason: message });
    expect(camera.state).toBe('inactive');
    expect(asked).toHaveLength(2);
  });

  it('begins another take after a pause, and so after a reload', async () => {
    const { made, camera, asked } = world();
    const { recorder: one } = recorder(made);
    await one.start(stream);
    await one.pause();
    expect(one.standing).toEqual({ state: 'idle' });
    await one.start(stream);
    camera.give('again');
    await one.finish();
    expect(asked).toEqual([
      'POST /start',
      'PUT /parts/1 tail',
      'POST /start',
      'PUT /parts/10001 again',
      'PUT /parts/10002 tail',
      'POST /end',
    ]);
  });

  it('uploads what an earlier page left before its own parts', async () => {
    const { made, camera, asked, kept } = world();
    await recorder(made).recorder.start(stream);
    kept.set(7, new Blob(['left'])).set(8, new Blob(['behind']));
    const { recorder: one } = recorder(made);
    await one.start(stream);
    camera.give('new');
    await one.finish();
    expect(asked.slice(2)).toEqual([
      'PUT /parts/7 left',
      'PUT /parts/8 behind',
      'PUT /parts/10001 new',
      'PUT /parts/10002 tail',
      'POST /end',
    ]);
    expect(kept.size).toBe(0);
  });

  it('keeps a part for the next page until the server has it', async () => {
    const { made, camera, kept } = world([{ status: 200, body: { firstPart: 1 } }]);
    const away = { ...made, wait: () => new Promise<void>(() => {}) };
    const { recorder: one } = recorder({
      ...away,
      fetch: async (url, request) => {
        if (String(url).includes('/parts/')) throw new TypeError('away');
        return made.fetch(url, request);
      },
    });
    await one.start(stream);
    camera.give('one');
    await Promise.resolve();
    expect([...kept.keys()]).toEqual([1]);
  });

  it('says so where the browser cannot record', async () => {
    const { made, asked } = world();
    const unable = { ...made, isSupported: () => false };
    expect(canRecord(unable)).toBe(false);
    const { recorder: one } = recorder(unable);
    await one.start(stream);
    expect(one.standing.state).toBe('stopped');
    expect(asked).toEqual([]);
  });
});
