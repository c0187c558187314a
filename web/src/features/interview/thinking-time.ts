/** How the timer of a question was held so that one could think: `since` is when, while it is held. */
export type ThinkingTime = { heldMs: number; since: { at: number; pausedMs: number } | null };

export const noThinking: ThinkingTime = { heldMs: 0, since: null };

/** What thinking took until `now`. A pause meanwhile is known to the server and not counted twice. */
export function thoughtMs(time: ThinkingTime, now: number, pausedMs: number): number {
  if (!time.since) return time.heldMs;
  const held = now - time.since.at - (pausedMs - time.since.pausedMs);
  return time.heldMs + Math.max(0, held);
}

/** Holds the timer, or lets it run on. */
export function toggled(time: ThinkingTime, now: number, pausedMs: number): ThinkingTime {
  return time.since
    ? { heldMs: thoughtMs(time, now, pausedMs), since: null }
    : { ...time, since: { at: now, pausedMs } };
}

const key = (questionId: string) => `interaura.thinking.${questionId}`;

/** What this tab knows of a question, so that a reload costs nothing either. */
export function readThinking(questionId: string): ThinkingTime {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key(questionId)) ?? 'null');
    return isThinking(kept) ? kept : noThinking;
  } catch {
    return noThinking;
  }
}

export function keepThinking(questionId: string, time: ThinkingTime): void {
  try {
    sessionStorage.setItem(key(questionId), JSON.stringify(time));
  } catch {
    // Without storage only a reload forgets it.
  }
}

function isThinking(value: unknown): value is ThinkingTime {
  if (typeof value !== 'object' || value === null) return false;
  const { heldMs, since } = value as Partial<ThinkingTime>;
  const held =
    since === null || (typeof since?.at === 'number' && typeof since.pausedMs === 'number');
  return typeof heldMs === 'number' && held;
}
