import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';

/** Where a replay stands, and the ways to move it. */
export type ReplayClock = {
  atMs: number;
  playing: boolean;
  /** Whether somebody went to a moment, so that it should be in sight. */
  jumped: boolean;
  jump: (ms: number) => void;
  toggle: () => void;
  /** The recording, where there is one; it leads the time while it plays. */
  player: RefObject<HTMLVideoElement | null>;
};

/** A recording on the line of time: it begins at `offsetMs`, and lasts for `durationMs`. */
export type Tape = { offsetMs: number; durationMs: number };

const tickMs = 100;

/** Runs through the time of an interview at its own speed, with its recording where there is one. */
export function useReplayClock(endMs: number, tape: Tape | null): ReplayClock {
  const [atMs, setAtMs] = useState(0);
  const [playing, setPlaying] = useState(false);
  const [jumped, setJumped] = useState(false);
  const last = useRef(0);
  const player = useRef<HTMLVideoElement>(null);
  const offsetMs = tape?.offsetMs ?? 0;
  const durationMs = tape?.durationMs ?? 0;

  useEffect(() => {
    if (!playing) return;
    last.current = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      const passed = now - last.current;
      last.current = now;
      const video = player.current;
      setAtMs((before) => {
        const within = before >= offsetMs && before < offsetMs + durationMs;
        if (!video || !within) return Math.min(before + passed, endMs);
        // The recording leads; where it waits for data, the time waits too.
        if (video.paused && !video.ended) void video.play().catch(() => undefined);
        const recorded = offsetMs + video.currentTime * 1000;
        return Math.min(Math.abs(recorded - before) < 2_000 ? recorded : before + passed, endMs);
      });
    }, tickMs);
    return () => {
      clearInterval(timer);
      player.current?.pause();
    };
  }, [playing, endMs, offsetMs, durationMs]);

  useEffect(() => {
    if (playing && atMs >= endMs) setPlaying(false);
  }, [playing, atMs, endMs]);

  const goTo = useCallback(
    (ms: number) => {
      setAtMs(ms);
      const video = player.current;
      if (video) video.currentTime = Math.min(Math.max(0, ms - offsetMs), durationMs) / 1000;
    },
    [offsetMs, durationMs],
  );
  const jump = useCallback(
    (ms: number) => {
      goTo(ms);
      setJumped(true);
    },
    [goTo],
  );
  const toggle = useCallback(() => {
    setPlaying((before) => !before);
    if (atMs >= endMs) goTo(0);
  }, [atMs, endMs, goTo]);
  return { atMs, playing, jumped, jump, toggle, player };
}
