import { createBrowserRouter, type RouteObject } from 'react-router';
import { Broken, NotFound } from './routes/faults';
import { Root } from './routes/root';

const lazyRoute = (path: string, load: () => Promise<{ Component: () => React.ReactNode }>) => ({
  path,
  lazy: load,
});

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
      lazyRoute('/interview/:id', () => import('./routes/interview')),
      lazyRoute('/interview/:id/results', () => import('./routes/results')),
      lazyRoute('/analytics', () => import('./routes/analytics')),
      { path: '*', Component: NotFound },
    ],
  },
];

export function createRouter() {
  return createBrowserRouter(routes);
}
