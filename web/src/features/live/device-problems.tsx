import { FieldError } from '@/ui/field';
import type { LiveSession } from './use-live-session';

/** What keeps microphone and camera from working, and what can be done about it. */
export function DeviceProblems({ problems }: Pick<LiveSession, 'problems'>) {
  return [problems.microphone, problems.camera].map(
    (problem) => problem && <FieldError key={problem}>{problem}</FieldError>,
  );
}
