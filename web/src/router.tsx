import { createBrowserRouter, type RouteObject } from 'react-router';
import { Broken, NotFound, ScreenNotLoaded } from './routes/faults';
import { Root } from './routes/root';

type Screen = { Component: () => React.ReactNode };

const loads: (() => Promise<unknown>)[] = [];

/** A screen is loaded when it is first shown, or ahead of that when nothing else is to do. */
function lazyRoute(path: string, load: () => Promise<Screen>): RouteObject {
  loads.push(load);
  const lazy = () =>
    load().catch((cause: unknown) => {
      throw new ScreenNotLoaded('The code of a screen could not be loaded', { cause });
    });
  return { path, lazy };
}

const routes: RouteObject[] = [
  {
    Component: Root,
    ErrorBoundary: Broken,
    HydrateFallback: () => null,
    children: [
      lazyRoute('/', () => import('./routes/landing')),
      lazyRoute('/register', () => import('./routes/register')),
      lazyRoute('/verify', () => import('./routes/verify')),
      lazyRoute('/sign-in', () => import('./routes/sign-in')),
      lazyRoute('/outbox', () => import('./routes/outbox')),
      lazyRoute('/profile', () => import('./routes/profile')),
      lazyRoute('/dashboard', () => import('./routes/dashboard')),
      lazyRoute('/resume', () => import('./routes/resumes')),
      lazyRoute('/resume/:id', () => import('./routes/resume')),
      lazyRoute('/interview/new', () => import('./routes/interview-new')),
      lazyRoute('/interview/setup', () => import('./routes/interview-setup')),
      lazyRoute('/interview/session', () => import('./routes/interview-session')),
      lazyRoute('/interview/:id', () => import('./routes/interview')),
      lazyRoute('/interview/:id/results', () => import('./routes/results')),
      lazyRoute('/analytics', () => import('./routes/analytics')),
      { path: '*', Component: NotFound },
    ],
  },
];

/** Loads the other screens, so that they open also on a line that is down. */
export async function loadAhead(): Promise<void> {
  try {
    for (const load of loads) await load();
  } catch {
    // The line is down now; the screens that are missing are loaded when they are shown.
  }
}

export function createRouter() {
  return createBrowserRouter(routes);
}
