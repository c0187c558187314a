const firstMs = 400;
const longestMs = 8_000;

/** How long to wait before try number `tries` (from 0): doubling, capped, and spread by jitter. */
export function backoffMs(tries: number, random: () => number = Math.random): number {
  const ceiling = Math.min(longestMs, firstMs * 2 ** Math.min(tries, 10));
  return ceiling / 2 + (ceiling / 2) * random();
}

/** Resolves after `ms`, or sooner when the browser comes back online. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener('online', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    window.addEventListener('online', done);
  });
}
