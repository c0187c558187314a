import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LiveConnection } from './live-connection';

class FakeSocket {
  static readonly OPEN = 1;
  static opened: FakeSocket[] = [];
  readyState = FakeSocket.OPEN;
  binaryType = '';
  bufferedAmount = 0;
  sent: unknown[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;

  constructor() {
    FakeSocket.opened.push(this);
  }

  /** What was said in words, and the number of each chunk. */
  send(message: string | ArrayBuffer): void {
    this.sent.push(
      typeof message === 'string'
        ? JSON.parse(message)
        : Number(new DataView(message).getBigUint64(1)),
    );
  }

  tell(news: Record<string, unknown>): void {
    this.onmessage?.({ data: JSON.stringify(news) });
  }

  close(): void {
    this.readyState = 3;
  }
}

const chunk = new ArrayBuffer(3_200);
const question = (questionId: string | null, from: number) => ({
  type: 'question',
  questionId,
  from,
});

function opened(): FakeSocket {
  const socket = FakeSocket.opened.at(-1);
  if (!socket) throw new Error('No socket was opened');
  socket.onopen?.();
  return socket;
}

describe('LiveConnection', () => {
  let live: LiveConnection;

  beforeEach(() => {
    vi.useFakeTimers();
    FakeSocket.opened = [];
    vi.stubGlobal('WebSocket', FakeSocket);
    live = new LiveConnection('an-interview', { news: vi.fn(), standing: vi.fn() });
  });

  afterEach(() => {
    live.close();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('says the question to whoever begins to hear, before the first words', () => {
    const socket = opened();
    live.ask('first');
    live.speak(chunk, 0);
    live.speak(chunk, 100);
    socket.sent = [];
    socket.tell({ type: 'hearing', from: 1, engine: 'numbers/1' });
    expect(socket.sent).toEqual([question('first', 1), 1, 2]);
  });

  it('says after an outage which question each word that is sent again answers', () => {
    const socket = opened();
    socket.tell({ type: 'hearing', from: 1, engine: 'numbers/1' });
    live.ask('first');
    live.speak(chunk, 0);
    live.speak(chunk, 100);
    socket.tell({ type: 'committed', upTo: 1 });
    socket.onclose?.({ code: 1006, reason: '' });
    live.ask('second');
    live.speak(chunk, 200);
    vi.runOnlyPendingTimers();
    const again = opened();
    again.sent = [];
    again.tell({ type: 'hearing', from: 2, engine: 'numbers/1' });
    expect(again.sent).toEqual([question('first', 1), question('second', 3), 2, 3]);
  });

  it('forgets a question once all that was said to it is committed', () => {
    const socket = opened();
    live.ask('first');
    socket.tell({ type: 'hearing', from: 1, engine: 'numbers/1' });
    live.speak(chunk, 0);
    live.ask(null);
    live.ask('second');
    socket.tell({ type: 'committed', upTo: 1 });
    socket.sent = [];
    socket.tell({ type: 'hearing', from: 2, engine: 'numbers/1' });
    expect(socket.sent).toEqual([question('second', 2)]);
  });
});
