import { act, renderHook } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { useReplayClock } from './use-replay-clock';

describe('useReplayClock', () => {
  it('plays the recording from its beginning, too, when the end was reached', () => {
    const { result } = renderHook(() =>
      useReplayClock(60_000, { offsetMs: 0, durationMs: 60_000 }),
    );
    const video = document.createElement('video');
    video.pause = () => undefined;
    result.current.player.current = video;
    act(() => result.current.jump(60_000));
    expect(video.currentTime).toBe(60);
    act(() => result.current.toggle());
    expect(result.current.atMs).toBe(0);
    expect(video.currentTime).toBe(0);
    expect(result.current.playing).toBe(true);
  });

  it('goes on where it was stopped', () => {
    const { result } = renderHook(() => useReplayClock(60_000, null));
    act(() => result.current.jump(30_000));
    act(() => result.current.toggle());
    expect(result.current.atMs).toBe(30_000);
  });
});
