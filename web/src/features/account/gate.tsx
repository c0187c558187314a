import type { ReactNode } from 'react';
import { Navigate, useLocation, useSearchParams } from 'react-router';
import { type Door, redirectFor, safeNext } from './standing';
import { useViewerState } from './viewer';

/** Shows its children to those who may see them and sends everybody else where they can go on. */
export function Gate({ door, children }: { door: Door; children: ReactNode }) {
  const { viewer } = useViewerState();
  const location = useLocation();
  const [search] = useSearchParams();
  const standing = viewer && {
    verified: viewer.verified,
    profileDone: Boolean(viewer.role && viewer.level),
  };
  const here = `${location.pathname}${location.search}`;
  const elsewhere = redirectFor(door, standing, here, safeNext(search.get('next')));
  return elsewhere ? <Navigate to={elsewhere} replace /> : children;
}
