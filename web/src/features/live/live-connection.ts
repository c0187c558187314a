import { backoffMs } from '@/backoff';
import { AskedQuestions } from './asked-questions';
import { AudioKeeper } from './audio-keeper';
import { type News, readNews } from './news';
import { audioKind, encodePacket, frameKind } from './packet';

/** `ended` stays ended; its words say why. `replaced` where another tab took over. */
export type Standing =
  | { state: 'connecting' }
  | { state: 'listening'; engine: string }
  | { state: 'ended'; reason: string; replaced: boolean };

type Hears = { news: (news: News) => void; standing: (standing: Standing) => void };

/** Close codes after which trying again makes no sense. */
const finalCodes = new Set([4400, 4401, 4404, 4408, 4409]);
const replacedCode = 4408;
const keepAliveMs = 15_000;
const finalizeMs = 20_000;
const lookMs = 500;
/** In silence the server says nothing for a while; then the page asks, and it answers at once. */
const askAfterMs = 2_500;
const answerWithinMs = 2_500;

/**
 * The socket of one page in one interview. It comes back by itself, and sends again what was not
 * committed. A reload makes a new page: its stream starts anew.
 */
export class LiveConnection {
  private readonly streamId = crypto.randomUUID();
  private readonly keeper = new AudioKeeper();
  private readonly waiting = new Map<string, (position: number | null) => void>();
  private socket: WebSocket | null = null;
  private tries = 0;
  private frames = 0;
  private listening = false;
  private closed = false;
  private readonly questions = new AskedQuestions();
  private retry: ReturnType<typeof setTimeout> | undefined;
  private readonly keepAlive: ReturnType<typeof setInterval>;
  private readonly lookout: ReturnType<typeof setInterval>;
  private engine = '';
  private toldAt = 0;
  private askedAt: number | null = null;

  /** Sound is kept from the start, but sent only `after` the connection before this one is done. */
  constructor(
    private readonly interviewId: string,
    private readonly hears: Hears,
    after: Promise<void>,
  ) {
    this.keepAlive = setInterval(() => this.sayQuestion(), keepAliveMs);
    this.lookout = setInterval(() => this.look(), lookMs);
    void after.then(() => this.connect());
  }

  /** What is said from now on answers this question. */
  ask(questionId: string | null): void {
    this.questions.ask(questionId, this.keeper.newest + 1);
    this.sayQuestion();
  }

  speak(samples: ArrayBuffer, capturedAt: number): void {
    const chunk = this.keeper.add(capturedAt, samples);
    if (this.listening) {
      this.send(encodePacket(audioKind, chunk.sequence, chunk.capturedAt, chunk.samples));
    }
  }

  show(jpeg: ArrayBuffer, capturedAt: number): void {
    this.frames += 1;
    // A frame waits for nothing: on a slow line the next one is newer.
    if (this.listening && (this.socket?.bufferedAmount ?? 0) < 256 * 1024) {
      this.send(encodePacket(frameKind, this.frames, capturedAt, jpeg));
    }
  }

  /** Resolves once every word spoken so far is committed; rejects when nobody answers in time. */
  finalize(): Promise<number | null> {
    const requestId = crypto.randomUUID();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiting.delete(requestId);
        reject(new Error('Nobody made the last words final'));
      }, finalizeMs);
      this.waiting.set(requestId, (position) => {
        clearTimeout(timer);
        resolve(position);
      });
      this.say({ type: 'finalize', requestId, last: this.keeper.newest });
    });
  }

  /** Closes once every word spoken so far is committed, or nobody answers. */
  async finish(): Promise<void> {
    if (!this.closed && this.keeper.newest > 0) await this.finalize().catch(() => null);
    this.close();
  }

  private close(): void {
    this.closed = true;
    clearTimeout(this.retry);
    clearInterval(this.keepAlive);
    clearInterval(this.lookout);
    this.say({ type: 'bye' });
    this.socket?.close(1000);
  }

  private connect(): void {
    if (this.closed) return;
    const url = new URL(`/live/${this.interviewId}`, window.location.href);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(url);
    socket.binaryType = 'arraybuffer';
    this.socket = socket;
    socket.onopen = () => {
      this.tries = 0;
      this.sayHello();
    };
    socket.onmessage = ({ data }) => this.take(readNews(data));
    socket.onclose = ({ code, reason }) => this.fellSilent(code, reason);
  }

  private take(news: News | null): void {
    if (!news) return;
    if (news.type === 'hearing' || news.type === 'engineSwitched') {
      this.engine = news.engine;
      this.listening = true;
      this.hears.standing({ state: 'listening', engine: news.engine });
    }
    if (news.type === 'hearing') {
      // Whoever begins to hear knows of no question, and what is sent again was said to earlier ones.
      for (const asked of this.questions.all) this.say({ type: 'question', ...asked });
      this.sendSince(news.from);
    }
    // Who sees is not who hears.
    if (news.type !== 'seen') this.wasTold();
    if (news.type === 'committed') {
      this.keeper.committed(news.upTo);
      this.questions.committed(news.upTo);
    }
    if (news.type === 'finalized') {
      this.waiting.get(news.requestId)?.(news.position);
      this.waiting.delete(news.requestId);
    }
    this.hears.news(news);
  }

  private wasTold(): void {
    this.toldAt = performance.now();
    if (this.askedAt === null) return;
    this.askedAt = null;
    if (this.listening) this.hears.standing({ state: 'listening', engine: this.engine });
  }

  /** A line can be dead without a word. */
  private look(): void {
    if (!this.listening) return;
    const now = performance.now();
    if (this.askedAt === null) {
      if (now - this.toldAt < askAfterMs) return;
      this.askedAt = now;
      this.sayHello();
    } else if (now - this.askedAt >= answerWithinMs) {
      this.hears.standing({ state: 'connecting' });
    }
  }

  private sendSince(wanted: number): void {
    const { chunks, lost } = this.keeper.since(wanted);
    if (lost) this.say({ type: 'lost', ...lost });
    for (const { sequence, capturedAt, samples } of chunks) {
      this.send(encodePacket(audioKind, sequence, capturedAt, samples));
    }
    // What was asked to be made final before the connection was lost is asked again.
    for (const requestId of this.waiting.keys()) {
      this.say({ type: 'finalize', requestId, last: this.keeper.newest });
    }
  }

  private fellSilent(code: number, reason: string): void {
    this.listening = false;
    this.askedAt = null;
    if (this.closed) return;
    if (finalCodes.has(code)) {
      this.closed = true;
      clearInterval(this.keepAlive);
      clearInterval(this.lookout);
      const replaced = code === replacedCode;
      this.hears.standing({
        state: 'ended',
        reason: reason || 'The connection was refused.',
        replaced,
      });
      return;
    }
    this.hears.standing({ state: 'connecting' });
    this.retry = setTimeout(() => this.connect(), backoffMs(this.tries));
    this.tries += 1;
  }

  private sayHello(): void {
    this.say({ type: 'hello', streamId: this.streamId, now: new Date().toISOString() });
  }

  private sayQuestion(): void {
    const asked = this.questions.newest;
    if (asked) this.say({ type: 'question', ...asked });
  }

  private say(words: Record<string, unknown>): void {
    this.send(JSON.stringify(words));
  }

  private send(message: string | ArrayBuffer): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(message);
  }
}
