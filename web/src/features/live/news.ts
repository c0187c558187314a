import type { FrameReading } from '@/devices/frame-reading';

export type SpokenWord = {
  text: string;
  start_ms: number;
  end_ms: number;
  confidence: number;
  filler: boolean;
};

/** What the server tells a page over the live socket (`domain/src/live.rs`). */
export type News =
  | { type: 'hearing'; from: number; engine: string }
  | { type: 'committed'; upTo: number }
  | { type: 'interim'; startedAt: string; words: SpokenWord[] }
  | {
      type: 'utterance';
      utteranceId: string;
      questionId: string | null;
      startedAt: string;
      words: SpokenWord[];
    }
  | { type: 'finalized'; requestId: string; position: number | null }
  | { type: 'engineSwitched'; engine: string; reason: string }
  | { type: 'seen'; sequence: number; reading: FrameReading }
  | { type: 'replaced' }
  | { type: 'trouble'; message: string };

const kinds = new Set([
  'hearing',
  'committed',
  'interim',
  'utterance',
  'finalized',
  'engineSwitched',
  'seen',
  'replaced',
  'trouble',
]);

/** What a text message says; `null` where it is none of ours. */
export function readNews(text: unknown): News | null {
  if (typeof text !== 'string') return null;
  try {
    const said: unknown = JSON.parse(text);
    const isNews =
      typeof said === 'object' &&
      said !== null &&
      'type' in said &&
      typeof said.type === 'string' &&
      kinds.has(said.type);
    return isNews ? (said as News) : null;
  } catch {
    return null;
  }
}
