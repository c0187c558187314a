import { backoffMs } from '@/backoff';
import { AskedQuestions } from './asked-questions';
import { AudioKeeper } from './audio-keeper';
import { type News, readNews } from './news';
import { audioKind, encodePacket, frameKind } from './packet';

/** `ended` stays ended; its words say why. */
export type Standing =
  | { state: 'connecting' }
  | { state: 'listening'; engine: string }
  | { state: 'ended'; reason: string };

type Hears = { news: (news: News) => void; standing: (standing: Standing) => void };

/** Close codes after which trying again makes no sense. */
const finalCodes = new Set([4400, 4401, 4404, 4408, 4409]);
const keepAliveMs = 15_000;
const finalizeMs = 20_000;

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

  constructor(
    private readonly interviewId: string,
    private readonly hears: Hears,
  ) {
    this.keepAlive = setInterval(() => this.sayQuestion(), keepAliveMs);
    this.connect();
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

  close(): void {
    this.closed = true;
    clearTimeout(this.retry);
    clearInterval(this.keepAlive);
    this.say({ type: 'bye' });
    this.socket?.close(1000);
  }

  private connect(): void {
    const url = new URL(`/live/${this.interviewId}`, window.location.href);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(url);
    socket.binaryType = 'arraybuffer';
    this.socket = socket;
    socket.onopen = () => {
      this.tries = 0;
      this.say({ type: 'hello', streamId: this.streamId, now: new Date().toISOString() });
    };
    socket.onmessage = ({ data }) => this.take(readNews(data));
    socket.onclose = ({ code, reason }) => this.fellSilent(code, reason);
  }

  private take(news: News | null): void {
    if (!news) return;
    if (news.type === 'hearing') {
      this.listening = true;
      this.hears.standing({ state: 'listening', engine: news.engine });
      // Whoever begins to hear knows of no question, and what is sent again was said to earlier ones.
      for (const asked of this.questions.all) this.say({ type: 'question', ...asked });
      this.sendSince(news.from);
    }
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
    if (this.closed) return;
    if (finalCodes.has(code)) {
      clearInterval(this.keepAlive);
      this.hears.standing({ state: 'ended', reason: reason || 'The connection was refused.' });
      return;
    }
    this.hears.standing({ state: 'connecting' });
    this.retry = setTimeout(() => this.connect(), backoffMs(this.tries));
    this.tries += 1;
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
