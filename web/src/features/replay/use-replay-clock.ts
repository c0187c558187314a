import { useCallback, useEffect, useRef, useState } from 'react';

/** Where a replay stands, and the ways to move it. */
export type ReplayClock = {
  atMs: number;
  playing: boolean;
  /** Whether somebody went to a moment, so that it should be in sight. */
  jumped: boolean;
  jump: (ms: number) => void;
  toggle: () => void;
};

const tickMs = 100;

/** Runs through the time of an interview at its own speed. */
export function useReplayClock(endMs: number): ReplayClock {
  const [atMs, setAtMs] = useState(0);
  const [playing, setPlaying] = useState(false);
  const [jumped, setJumped] = useState(false);
  const last = useRef(0);

  useEffect(() => {
    if (!playing) return;
    last.current = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      const passed = now - last.current;
      last.current = now;
      setAtMs((before) => Math.min(before + passed, endMs));
    }, tickMs);
    return () => clearInterval(timer);
  }, [playing, endMs]);

  useEffect(() => {
    if (playing && atMs >= endMs) setPlaying(false);
  }, [playing, atMs, endMs]);

  const jump = useCallback((ms: number) => {
    setAtMs(ms);
    setJumped(true);
  }, []);
  const toggle = useCallback(() => {
    setPlaying((before) => !before);
    setAtMs((before) => (before >= endMs ? 0 : before));
  }, [endMs]);
  return { atMs, playing, jumped, jump, toggle };
}
