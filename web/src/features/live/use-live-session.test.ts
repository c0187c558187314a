import { act, renderHook } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { useLiveSession } from './use-live-session';

/** What the browser and the server would be; each test decides what they do. */
const world = vi.hoisted(() => ({
  microphone: vi.fn<() => Promise<unknown>>(),
  camera: vi.fn<() => Promise<unknown>>(),
  pcm: vi.fn<() => Promise<() => void>>(),
}));

vi.mock('@/devices/media-devices', async (original) => ({
  ...(await original<typeof import('@/devices/media-devices')>()),
  originProblem: () => null,
  openMicrophone: world.microphone,
  openCamera: world.camera,
}));
vi.mock('@/devices/pcm-source', () => ({ loudness: () => 0, pcmChunks: world.pcm }));

class FakeSocket {
  static readonly OPEN = 1;
  static readonly all: FakeSocket[] = [];
  readyState = FakeSocket.OPEN;
  bufferedAmount = 0;
  onopen = () => undefined;
  onclose = (_: { code: number; reason: string }) => undefined;
  onmessage = (_: { data: string }) => undefined;
  readonly sent: unknown[] = [];
  constructor() {
    FakeSocket.all.push(this);
  }
  send(message: unknown) {
    this.sent.push(message);
  }
  close() {
    this.readyState = 3;
  }
}

class FakeTrack extends EventTarget {
  readyState = 'live';
  constructor(readonly kind: 'audio' | 'video') {
    super();
  }
  stop() {
    this.readyState = 'ended';
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

const voice = { withCamera: false, record: false };

describe('useLiveSession', () => {
  beforeEach(() => {
    FakeSocket.all.length = 0;
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
    const { result, unmount } = renderHook(() => useLiveSession('i1', 'q1'));
    const started = result.current.start(voice);
    unmount();
    give(stream);
    await started;
    expect(track.readyState).toBe('ended');
    expect(FakeSocket.all).toHaveLength(0);
  });

  it('says so when the sound of a microphone cannot be read', async () => {
    const { stream, track } = device('audio');
    world.microphone.mockResolvedValue(stream);
    world.pcm.mockRejectedValue(new Error('no worklet'));
    const { result } = renderHook(() => useLiveSession('i1', 'q1'));
    await act(() => result.current.start(voice));
    expect(result.current.problem).toContain('The microphone does not answer');
    expect(result.current.standing).toBeNull();
    expect(track.readyState).toBe('ended');
  });
});
