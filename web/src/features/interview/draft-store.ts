import { DRAFT_PREFIX } from '@/local-drafts';

/** What this browser remembers of an answer that is being written. */
export type LocalDraft = { text: string; revision: number; at: number };

export type ServerDraft = { text: string; revision: number; savedAt: string };

const keyOf = (questionId: string) => DRAFT_PREFIX + questionId;

export function readLocalDraft(questionId: string): LocalDraft | null {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(keyOf(questionId)) ?? 'null');
    return isLocalDraft(stored) ? stored : null;
  } catch {
    return null;
  }
}

export function writeLocalDraft(questionId: string, draft: LocalDraft): void {
  try {
    localStorage.setItem(keyOf(questionId), JSON.stringify(draft));
  } catch {
    // A full or forbidden storage is no reason to stop writing: the server keeps drafts as well.
  }
}

export function forgetLocalDraft(questionId: string): void {
  try {
    localStorage.removeItem(keyOf(questionId));
  } catch {
    // Nothing could be stored, so there is nothing to forget.
  }
}

/**
 * The newest of what the server has and what this browser has.
 * A local text holds everything up to the revision it was last sent as; only a draft from elsewhere
 * can have a higher one, and then the clock decides.
 */
export function newestDraft(
  server: ServerDraft | null,
  local: LocalDraft | null,
): { text: string; revision: number; unsent: boolean } {
  const serverRevision = server?.revision ?? 0;
  if (!local) return { text: server?.text ?? '', revision: serverRevision, unsent: false };
  const revision = Math.max(serverRevision, local.revision);
  const fromElsewhere = server !== null && serverRevision > local.revision;
  if (fromElsewhere && new Date(server.savedAt).getTime() > local.at) {
    return { text: server.text, revision, unsent: false };
  }
  return { text: local.text, revision, unsent: local.text !== (server?.text ?? '') };
}

function isLocalDraft(value: unknown): value is LocalDraft {
  if (typeof value !== 'object' || value === null) return false;
  const draft = value as Record<string, unknown>;
  return (
    typeof draft.text === 'string' &&
    typeof draft.revision === 'number' &&
    typeof draft.at === 'number'
  );
}
