/** What the gate needs to know of the person, whatever query it came from. */
export type Standing = { verified: boolean; profileDone: boolean } | null;

/** Where a person stands on the way in; `door` names what a screen asks for. */
export type Door = 'open' | 'guest' | 'signed-in' | 'verified' | 'ready';

/**
 * The address to go to instead, or null where the person may stay.
 * `here` is kept as `next`, so that signing in leads back to the screen that was asked for;
 * `next` is where a guest goes once signed in.
 */
export function redirectFor(
  door: Door,
  standing: Standing,
  here: string,
  next = '/dashboard',
): string | null {
  if (door === 'open') return null;
  if (door === 'guest') return standing ? next : null;
  if (!standing) return `/sign-in?next=${encodeURIComponent(here)}`;
  if (door === 'signed-in') return null;
  if (!standing.verified) return '/verify';
  if (door === 'verified') return null;
  return standing.profileDone ? null : '/profile';
}

/** Only a path of this app may be gone on to, never another address. */
export function safeNext(next: string | null, fallback = '/dashboard'): string {
  if (!next?.startsWith('/') || next.startsWith('//') || next.startsWith('/\\')) return fallback;
  return next;
}
