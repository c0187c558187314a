import { act, renderHook } from '@testing-library/react';
import { FakeSocket } from '@tests/fake-socket';
import { createElement, type ReactNode } from 'react';
import { Client, fetchExchange, Provider } from 'urql';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { useLiveSession } from './use-live-session';

/** What the browser and the server would be; each test decides what they do. */
const world = vi.hoisted(() => ({
  microphone: vi.fn<() => Promise<unknown>>(),
  camera: vi.fn<() => Promise<unknown>>(),
  pcm: vi.fn<
    (
      stream: unknown,
      take: (samples: ArrayBuffer, capturedAt: number) => void,
    ) => Promise<() => void>
  >(),
}));

vi.mock('@/devices/media-devices', async (original) => ({
  ...(await original<typeof import('@/devices/media-devices')>()),
  originProblem: () => null,
  openMicrophone: world.microphone,
  openCamera: world.camera,
}));
vi.mock('@/devices/pcm-source', () => ({ loudness: () => 0, pcmChunks: world.pcm }));

class FakeTrack extends EventTarget {
  readyState = 'live';
  constructor(readonly kind: 'audio' | 'video') {
    super();
  }
  stop() {
    this.readyState = 'ended';
  }
  tell(what: 'mute' | 'unmute' | 'ended') {
    this.dispatchEvent(new Event(what));
  }
}

function device(kind: 'audio' | 'video') {
  const track = new FakeTrack(kind);
  const tracks = (wanted: string) => (wanted === kind ? [track] : []);
  return {
    track,
    stream: {
      getTracks: () => [track],
      getAudioTracks: () => tracks('audio'),
      getVideoTracks: () => tracks('video'),
    },
  };
}

/** Lets the last socket open, and be answered that somebody listens. */
function beHeard(): FakeSocket {
  const socket = FakeSocket.all.at(-1);
  if (!socket) throw new Error('Nobody connected');
  act(() => {
    socket.onopen();
    socket.tell({ type: 'hearing', from: 1, engine: 'whisper-base/2' });
  });
  return socket;
}

const utterance = {
  id: 'u1',
  questionId: 'q1',
  startMs: 1_000,
  words: [{ text: 'hello', startMs: 1_100, endMs: 1_400, filler: false }],
};

const client = new Client({
  url: 'http://test/graphql',
  preferGetMethod: false,
  exchanges: [fetchExchange],
  fetch: async () => {
    const interviewReplay = { interviewId: 'i1', utterances: [utterance] };
    return new Response(JSON.stringify({ data: { interviewReplay } }), {
      headers: { 'content-type': 'application/json' },
    });
  },
});
const wrapper = ({ children }: { children: ReactNode }) =>
  createElement(Provider, { value: client }, children);

const voice = { withCamera: false, record: false };

describe('useLiveSession', () => {
  beforeEach(() => {
    FakeSocket.all.length = 0;
    vi.resetAllMocks();
    vi.stubGlobal('WebSocket', FakeSocket);
    world.pcm.mockResolvedValue(() => undefined);
  });

  it('lets a microphone go that is given after the page was left', async () => {
    const { stream, track } = device('audio');
    let give: (stream: unknown) => void = () => undefined;
    world.microphone.mockReturnValue(
      new Promise((resolve) => {
        give = resolve;
      }),
    );
    const { result, unmount } = renderHook(() => useLiveSession('i1', 'q1'), { wrapper });
    const started = result.current.start(voice);
    unmount();
    give(stream);
    await started;
    expect(track.readyState).toBe('ended');
    expect(FakeSocket.all).toHaveLength(0);
  });

  it('hears nothing in a pause, writes down what was said before it, and hears again afterwards', async () => {
    const [first, second] = [device('audio'), device('audio')];
    world.microphone.mockResolvedValueOnce(first.stream).mockResolvedValueOnce(second.stream);
    const { result } = renderHook(() => useLiveSession('i1', 'q1'), { wrapper });
    await act(() => result.current.start(voice));
    const socket = beHeard();
    const speak = world.pcm.mock.lastCall?.[1];
    act(() => speak?.(new ArrayBuffer(4), 0));

    act(() => result.current.pause());
    expect(first.track.readyState).toBe('ended');
    expect(result.current.standing).toBeNull();
    const asked = JSON.parse(String(socket.sent.at(-1)));
    expect(asked).toMatchObject({ type: 'finalize', last: 1 });
    const { requestId } = asked;
    socket.tell({ type: 'finalized', requestId, position: 7 });
    await vi.waitFor(() => expect(socket.sent.at(-1)).toBe('{"type":"bye"}'));

    await act(async () => result.current.goOn());
    expect(FakeSocket.all).toHaveLength(2);
    expect(second.track.readyState).toBe('live');
  });

  it('lets the devices go where another tab took over, and takes over again when told to', async () => {
    const [first, second] = [device('audio'), device('audio')];
    world.microphone.mockResolvedValueOnce(first.stream).mockResolvedValueOnce(second.stream);
    const { result } = renderHook(() => useLiveSession('i1', 'q1'), { wrapper });
    await act(() => result.current.start(voice));
    const socket = beHeard();
    act(() => socket.onclose({ code: 4408, reason: 'Another tab' }));
    expect(result.current.standing).toMatchObject({ state: 'ended', replaced: true });
    expect(first.track.readyState).toBe('ended');

    // A pause that the other tab ends must not bring this one back.
    act(() => result.current.pause());
    await act(async () => result.current.goOn());
    expect(FakeSocket.all).toHaveLength(1);

    await act(async () => result.current.again());
    beHeard();
    expect(result.current.standing).toMatchObject({ state: 'listening' });
    expect(second.track.readyState).toBe('live');
  });

  it('switches nothing on after a pause that was off before it', async () => {
    const { result } = renderHook(() => useLiveSession('i1', 'q1'), { wrapper });
    act(() => result.current.pause());
    await act(async () => result.current.goOn());
    expect(world.microphone).not.toHaveBeenCalled();
  });

  it('knows what was said to the open question before the page was loaded', async () => {
    const { result } = renderHook(() => useLiveSession('i1', 'q1'), { wrapper });
    await vi.waitFor(() => expect(result.current.transcript.said).toHaveLength(1));
    expect(result.current.transcript.said[0]).toMatchObject({
      utteranceId: 'u1',
      questionId: 'q1',
      words: [{ text: 'hello', start_ms: 100, end_ms: 400 }],
    });
  });

  it('goes on with the voice where the camera is refused, and says why', async () => {
    world.microphone.mockResolvedValue(device('audio').stream);
    world.camera.mockRejectedValue(new DOMException('No', 'NotAllowedError'));
    const { result } = renderHook(() => useLiveSession('i1', 'q1'), { wrapper });
    await act(() => result.current.start({ withCamera: true, record: false }));
    expect(result.current.problems.camera).toContain('The browser may not use the camera');
    expect(result.current.standing).toEqual({ state: 'connecting' });
  });

  it('notices a microphone that falls silent, comes back, and is unplugged', async () => {
    const { stream, track } = device('audio');
    world.microphone.mockResolvedValue(stream);
    const { result } = renderHook(() => useLiveSession('i1', 'q1'), { wrapper });
    await act(() => result.current.start(voice));
    act(() => track.tell('mute'));
    expect(result.current.problems.microphone).toContain('switched off');
    act(() => track.tell('unmute'));
    expect(result.current.problems.microphone).toBeNull();
    act(() => track.tell('ended'));
    expect(result.current.problems.microphone).toContain('The microphone stopped');
  });

  it('shows no picture of a camera that was unplugged', async () => {
    const camera = device('video');
    world.microphone.mockResolvedValue(device('audio').stream);
    world.camera.mockResolvedValue(camera.stream);
    const { result } = renderHook(() => useLiveSession('i1', 'q1'), { wrapper });
    await act(() => result.current.start({ withCamera: true, record: false }));
    expect(result.current.seen).toBe(true);
    act(() => camera.track.tell('ended'));
    expect(result.current.seen).toBe(false);
    expect(result.current.problems.camera).toContain('The camera stopped');
  });

  it('says so when the sound of a microphone cannot be read', async () => {
    const { stream, track } = device('audio');
    world.microphone.mockResolvedValue(stream);
    world.pcm.mockRejectedValue(new Error('no worklet'));
    const { result } = renderHook(() => useLiveSession('i1', 'q1'), { wrapper });
    await act(() => result.current.start(voice));
    expect(result.current.problems.microphone).toContain('The microphone does not answer');
    expect(result.current.standing).toBeNull();
    expect(track.readyState).toBe('ended');
  });
});
