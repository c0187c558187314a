import { FakeSocket } from '@tests/fake-socket';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LiveConnection, type Standing } from './live-connection';

describe('LiveConnection', () => {
  beforeEach(() => {
    FakeSocket.all.length = 0;
    vi.stubGlobal('WebSocket', FakeSocket);
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('asks when nothing comes back, and says that it connects when no answer comes', async () => {
    const { socket, standings } = await listening();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(socket.said().filter((type) => type === 'hello')).toHaveLength(2);
    expect(standings.at(-1)).toEqual({ state: 'listening', engine: 'whisper-base/2' });
    await vi.advanceTimersByTimeAsync(3_000);
    expect(standings.at(-1)).toEqual({ state: 'connecting' });
    socket.tell({ type: 'committed', upTo: 1 });
    expect(standings.at(-1)).toEqual({ state: 'listening', engine: 'whisper-base/2' });
  });

  it('goes on listening in silence where its questions are answered', async () => {
    const { socket, standings } = await listening();
    for (let second = 0; second < 30; second += 1) {
      const asked = socket.said().filter((type) => type === 'hello').length;
      await vi.advanceTimersByTimeAsync(1_000);
      if (socket.said().filter((type) => type === 'hello').length > asked) {
        socket.tell({ type: 'hearing', from: 1, engine: 'whisper-base/2' });
      }
    }
    expect(standings.slice(1).every(({ state }) => state === 'listening')).toBe(true);
  });

  it('comes back after a lost line, and sends what was not committed again', async () => {
    const { live, socket, standings } = await listening();
    for (let chunk = 0; chunk < 3; chunk += 1) live.speak(new ArrayBuffer(4), 0);
    socket.tell({ type: 'committed', upTo: 1 });
    socket.onclose({ code: 1006, reason: '' });
    expect(standings.at(-1)).toEqual({ state: 'connecting' });
    live.speak(new ArrayBuffer(4), 0);
    await vi.advanceTimersByTimeAsync(1_000);
    const next = open();
    next.tell({ type: 'hearing', from: 2, engine: 'whisper-base/2' });
    expect(sequences(next)).toEqual([2, 3, 4]);
  });

  it('says the question to whoever begins to hear, before the first words', async () => {
    const { live, socket } = await listening();
    live.ask('first');
    live.speak(new ArrayBuffer(4), 0);
    live.speak(new ArrayBuffer(4), 100);
    socket.sent.length = 0;
    socket.tell({ type: 'hearing', from: 1, engine: 'numbers/1' });
    expect(told(socket)).toEqual([question('first', 1), 1, 2]);
  });

  it('says after an outage which question each word that is sent again answers', async () => {
    const { live, socket } = await listening();
    live.ask('first');
    live.speak(new ArrayBuffer(4), 0);
    live.speak(new ArrayBuffer(4), 100);
    socket.tell({ type: 'committed', upTo: 1 });
    socket.onclose({ code: 1006, reason: '' });
    live.ask('second');
    live.speak(new ArrayBuffer(4), 200);
    await vi.advanceTimersByTimeAsync(1_000);
    const again = open();
    again.sent.length = 0;
    again.tell({ type: 'hearing', from: 2, engine: 'numbers/1' });
    expect(told(again)).toEqual([question('first', 1), question('second', 3), 2, 3]);
  });

  it('forgets a question once all that was said to it is committed', async () => {
    const { live, socket } = await listening();
    live.ask('first');
    live.speak(new ArrayBuffer(4), 0);
    live.ask(null);
    live.ask('second');
    socket.tell({ type: 'committed', upTo: 1 });
    socket.sent.length = 0;
    socket.tell({ type: 'hearing', from: 2, engine: 'numbers/1' });
    expect(told(socket)).toEqual([question('second', 2)]);
  });
});

function question(questionId: string, from: number) {
  return { type: 'question', questionId, from };
}

/** What was said in words, and the number of each chunk. */
function told(socket: FakeSocket): unknown[] {
  return socket.sent.map((message) =>
    message instanceof ArrayBuffer
      ? Number(new DataView(message).getBigUint64(1))
      : JSON.parse(String(message)),
  );
}

async function listening() {
  const standings: Standing[] = [];
  const hears = {
    news: () => undefined,
    standing: (standing: Standing) => standings.push(standing),
  };
  const live = new LiveConnection('i1', hears, Promise.resolve());
  await vi.advanceTimersByTimeAsync(0);
  const socket = open();
  socket.tell({ type: 'hearing', from: 1, engine: 'whisper-base/2' });
  return { live, socket, standings };
}

function open(): FakeSocket {
  const socket = FakeSocket.all.at(-1);
  if (!socket) throw new Error('Nobody connected');
  socket.onopen();
  return socket;
}

function sequences(socket: FakeSocket): number[] {
  const media = socket.sent.filter((message) => message instanceof ArrayBuffer);
  return media.map((packet) => Number(new DataView(packet).getBigUint64(1)));
}
