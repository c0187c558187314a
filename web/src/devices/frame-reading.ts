/** What one camera frame shows (`domain/src/attention/event.rs`). */
export type FaceReading = {
  faces: number;
  face: { x: number; y: number; width: number; height: number };
  head: { yaw: number; pitch: number; roll: number } | null;
  gaze: 'toward' | 'away' | 'cannot_tell';
  light: number;
  confidence: number;
};

export type FrameReading =
  | { face: FaceReading }
  | { no_face: { light: number } }
  | { cannot_tell: { reason: string; light: number } };
