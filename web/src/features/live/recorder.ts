import { backoffMs } from '@/backoff';
import { clientHeader } from '@/graphql';
import { type Part, type PartShelf, shelfOf } from '@/part-shelf';

/** `stopped` stays stopped; its words say why. The interview goes on in any case. */
export type RecorderStanding =
  | { state: 'idle' }
  | { state: 'recording'; waiting: number }
  | { state: 'finishing'; waiting: number }
  | { state: 'done' }
  | { state: 'stopped'; reason: string };

/** What the recorder needs of the browser; tests bring their own. */
export type RecorderWorld = {
  fetch: typeof fetch;
  makeRecorder: (stream: MediaStream, options: MediaRecorderOptions) => MediaRecorder;
  isSupported: (mediaType: string) => boolean;
  wait: (ms: number) => Promise<void>;
  now: () => number;
  shelf: (interviewId: string) => PartShelf;
};

const partMs = 5_000;
const mostWaiting = 240;
const mostTries = 60;
const videoBitsPerSecond = 600_000;
const audioBitsPerSecond = 48_000;
const mediaTypes = [
  'video/webm;codecs=vp9,opus',
  'video/webm;codecs=vp8,opus',
  'video/webm',
  'audio/webm;codecs=opus',
];

const browser: RecorderWorld = {
  fetch: (...request) => fetch(...request),
  makeRecorder: (stream, options) => new MediaRecorder(stream, options),
  isSupported: (mediaType) =>
    typeof MediaRecorder !== 'undefined' && MediaRecorder.isTypeSupported(mediaType),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  now: () => Date.now(),
  shelf: shelfOf,
};

/** Whether this browser can record at all. */
export function canRecord(world: RecorderWorld = browser): boolean {
  return mediaTypes.some((mediaType) => world.isSupported(mediaType));
}

/** Tells apart what trying again mends from what it does not. */
class Refused extends Error {}

/**
 * Records one page's camera and microphone and uploads it in parts while the interview goes on. Parts wait
 * in order for a server that is away, in this browser's storage too. After a reload, another recorder uploads
 * what waited there and begins the next take: the server joins takes with the time between them.
 *
 * `start` is called only once the candidate has agreed to be recorded: it tells the server so.
 */
export class InterviewRecorder {
  private readonly waiting: Part[] = [];
  private readonly base: string;
  private readonly shelf: PartShelf;
  private recorder: MediaRecorder | null = null;
  private next = 0;
  private uploading: Promise<void> | null = null;
  private current: RecorderStanding = { state: 'idle' };

  constructor(
    interviewId: string,
    private readonly tell: (standing: RecorderStanding) => void,
    private readonly world: RecorderWorld = browser,
  ) {
    this.base = `/api/recordings/${encodeURIComponent(interviewId)}`;
    this.shelf = world.shelf(interviewId);
  }

  get standing(): RecorderStanding {
    return this.current;
  }

  /** Begins a take; the candidate has agreed. Resolves once the server knows, or the recorder has stopped. */
  async start(stream: MediaStream): Promise<void> {
    if (this.current.state !== 'idle') return;
    const mediaType = mediaTypes.find((mediaType) => this.world.isSupported(mediaType));
    if (!mediaType) {
      this.stop('This browser cannot record; the interview goes on without it.');
      return;
    }
    this.become({ state: 'recording', waiting: 0 });
    const recorder = this.world.makeRecorder(stream, {
      mimeType: mediaType,
      videoBitsPerSecond,
      audioBitsPerSecond,
    });
    this.recorder = recorder;
    const early: Blob[] = [];
    recorder.ondataavailable = ({ data }) => {
      if (data.size === 0) return;
      if (this.next === 0) early.push(data);
      else this.keep(data);
    };
    recorder.onerror = () => this.stop('The camera stopped; the interview goes on without it.');
    recorder.start(partMs);
    const startedAt = this.world.now();
    const left = this.shelf.left();
    const commandId = crypto.randomUUID();
    try {
      const begun = await this.persist(() =>
        this.say('start', {
          commandId,
          consent: true,
          mediaType,
          startedAt: new Date(startedAt).toISOString(),
          now: new Date(this.world.now()).toISOString(),
        }),
      );
      const { firstPart } = (await begun.json()) as { firstPart: number };
      // What an earlier page could not upload any more belongs to takes before this one.
      for (const part of await left) if (part.number < firstPart) this.send(part);
      this.next = firstPart;
      for (const data of early) this.keep(data);
    } catch (error) {
      this.stop(words(error));
    }
  }

  /**
   * Ends the recording: uploads what waits, then tells the server to join the parts. Resolves when that is
   * done, or the recorder has stopped.
   */
  async finish(): Promise<void> {
    if (this.current.state !== 'recording') return;
    this.become({ state: 'finishing', waiting: this.waiting.length });
    await this.stopRecorder();
    await this.uploading;
    // Meanwhile it may have stopped.
    if (this.standing.state === 'stopped') return;
    try {
      await this.persist(() => this.say('end', {}));
      this.become({ state: 'done' });
    } catch (error) {
      this.stop(words(error));
    }
  }

  /** Ends this take without ending the recording: the page goes, or the camera is switched off. */
  async pause(): Promise<void> {
    if (this.current.state !== 'recording') return;
    await this.stopRecorder();
    await this.uploading;
    if (this.standing.state === 'stopped') return;
    this.next = 0;
    this.become({ state: 'idle' });
  }

  /** Resolves with the last part of the take kept. */
  private stopRecorder(): Promise<void> {
    const recorder = this.recorder;
    this.recorder = null;
    if (!recorder || recorder.state === 'inactive') return Promise.resolve();
    return new Promise((resolve) => {
      recorder.onstop = () => resolve();
      recorder.stop();
    });
  }

  private keep(body: Blob): void {
    if (this.current.state !== 'recording' && this.current.state !== 'finishing') return;
    const part = { number: this.next, body };
    this.next += 1;
    void this.shelf.keep(part);
    this.send(part);
  }

  private send(part: Part): void {
    this.waiting.push(part);
    if (this.waiting.length > mostWaiting) {
      this.stop('The server was away for too long; the interview goes on without a recording.');
      return;
    }
    this.showWaiting();
    this.uploading ??= this.uploadAll().finally(() => {
      this.uploading = null;
    });
  }

  private async uploadAll(): Promise<void> {
    for (let part = this.waiting[0]; part; part = this.waiting[0]) {
      const { number, body } = part;
      try {
        await this.persist(() =>
          this.world.fetch(`${this.base}/parts/${number}`, {
            method: 'PUT',
            headers: { ...clientHeader, 'content-type': 'application/octet-stream' },
            credentials: 'same-origin',
            body,
          }),
        );
      } catch (error) {
        this.stop(words(error));
        return;
      }
      this.waiting.shift();
      void this.shelf.drop(number);
      this.showWaiting();
    }
  }

  private say(what: 'start' | 'end', body: object): Promise<Response> {
    return this.world.fetch(`${this.base}/${what}`, {
      method: 'POST',
      headers: { ...clientHeader, 'content-type': 'application/json' },
      credentials: 'same-origin',
      body: JSON.stringify(body),
    });
  }

  /** Asks until there is an answer that counts; gives up where asking again makes no sense. */
  private async persist(ask: () => Promise<Response>): Promise<Response> {
    for (let tries = 0; tries < mostTries; tries++) {
      const response = await ask().catch(() => null);
      if (response?.ok) return response;
      const again = !response || [408, 429].includes(response.status) || isFault(response.status);
      if (!again || this.current.state === 'stopped') throw await refusal(response);
      await this.world.wait(backoffMs(tries));
    }
    throw new Refused(
      'The server was away for too long; the interview goes on without a recording.',
    );
  }

  private showWaiting(): void {
    const { state } = this.current;
    if (state === 'recording' || state === 'finishing') {
      this.become({ state, waiting: this.waiting.length });
    }
  }

  private stop(reason: string): void {
    if (this.current.state === 'stopped') return;
    this.become({ state: 'stopped', reason });
    for (const { number } of this.waiting) void this.shelf.drop(number);
    this.waiting.length = 0;
    void this.stopRecorder();
  }

  private become(standing: RecorderStanding): void {
    this.current = standing;
    this.tell(standing);
  }
}

/** A full disk (507) is no fault that passes while somebody speaks. */
function isFault(status: number): boolean {
  return status >= 500 && status !== 507;
}

async function refusal(response: Response | null): Promise<Refused> {
  const body = (await response?.json().catch(() => null)) as { message?: unknown } | null;
  const said = typeof body?.message === 'string' ? body.message : null;
  return new Refused(said ?? 'The server takes no recording; the interview goes on without it.');
}

function words(error: unknown): string {
  return error instanceof Refused
    ? error.message
    : 'The recording stopped; the interview goes on without it.';
}
