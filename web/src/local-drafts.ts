/** What the names of drafts that this browser keeps begin with. */
export const DRAFT_PREFIX = 'interaura.draft.';

/** On signing out: the next person at this machine shall not find what was written. */
export function forgetLocalDrafts(): void {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(DRAFT_PREFIX)) localStorage.removeItem(key);
    }
  } catch {
    // Nothing could be stored, so there is nothing to forget.
  }
}
