/** What can become of a track that works: it ends for good, or falls silent and may come back. */
export type TrackFate = 'ended' | 'muted' | 'back';

/** Tells what becomes of a track by itself; stopping it from here is no news. Returns how to stop watching. */
export function watchTrack(
  track: MediaStreamTrack | undefined,
  tell: (fate: TrackFate) => void,
): () => void {
  const watch = new AbortController();
  const on = (event: string, fate: TrackFate) =>
    track?.addEventListener(event, () => tell(fate), { signal: watch.signal });
  on('ended', 'ended');
  on('mute', 'muted');
  on('unmute', 'back');
  return () => watch.abort();
}
