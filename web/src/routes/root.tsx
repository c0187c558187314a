import { domAnimation, LazyMotion, MotionConfig } from 'motion/react';
import { Outlet, ScrollRestoration } from 'react-router';
import { ConnectionProvider } from '@/connection';
import { ViewerProvider } from '@/features/account/viewer';
import { AppHeader } from './root/app-header';
import { ConnectionBanner } from './root/connection-banner';

export function Root() {
  return (
    <ConnectionProvider>
      <LazyMotion features={domAnimation} strict>
        <MotionConfig reducedMotion="user">
          <a
            href="#main"
            className="sr-only z-50 rounded-xl bg-raised px-4 py-2 focus:not-sr-only focus:fixed focus:top-3 focus:left-3"
          >
            Skip to the content
          </a>
          <ViewerProvider>
            <AppHeader />
            <ConnectionBanner />
            <main id="main" tabIndex={-1} className="outline-none">
              <Outlet />
            </main>
          </ViewerProvider>
          <ScrollRestoration />
        </MotionConfig>
      </LazyMotion>
    </ConnectionProvider>
  );
}
