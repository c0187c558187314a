export type TimePhase = 'calm' | 'soon' | 'over';

const soonSeconds = 60;

/** The time for a question is a nudge: it can run out, but nothing ends with it. Pauses do not count. */
export function timeLeft(
  question: { askedAt: string; pausedMs: number; extendedSeconds: number },
  secondsPerQuestion: number,
  now: number,
): { seconds: number; share: number; phase: TimePhase } {
  const allowed = secondsPerQuestion + question.extendedSeconds;
  const present = now - new Date(question.askedAt).getTime() - question.pausedMs;
  const passed = Math.max(0, present / 1000);
  const seconds = Math.max(0, Math.ceil(allowed - passed));
  const phase =
    seconds === 0 ? 'over' : seconds <= Math.min(soonSeconds, allowed / 3) ? 'soon' : 'calm';
  return { seconds, share: allowed > 0 ? seconds / allowed : 0, phase };
}
