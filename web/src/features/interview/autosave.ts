export type SaveState = 'saved' | 'unsaved' | 'saving' | 'kept-here' | 'refused';

export type DraftToSend = { commandId: string; revision: number; text: string };

/** Stale: a higher revision is there. Refused: sending it again would not help. Failed: no answer. */
export type SendOutcome = 'saved' | 'stale' | 'refused' | 'failed';

const afterTypingMs = 1_500;
const atMostEveryMs = 5_000;
const retryMs = 3_000;

type Options = {
  text: string;
  /** The highest revision known, here or on the server. */
  revision: number;
  unsent: boolean;
  send: (draft: DraftToSend) => Promise<SendOutcome>;
  /** Called with every text and revision, so that they outlive the page. */
  remember: (text: string, revision: number) => void;
  onState: (state: SaveState) => void;
};

export type Autosave = ReturnType<typeof createAutosave>;

/**
 * Sends a text soon after typing stops, and at intervals while it goes on. One draft is on its way
 * at a time, revisions only rise, and a draft that met no answer is sent again under the same id.
 */
export function createAutosave({ send, remember, onState, ...start }: Options) {
  let latest = start.text;
  let revision = start.revision;
  let saved = start.unsent ? null : start.text;
  let unanswered: DraftToSend | null = null;
  let sending = false;
  let stopped = false;
  let unsavedSince: number | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const schedule = (delay: number) => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(() => void flush(), delay);
  };

  const nextDraft = (): DraftToSend => {
    if (unanswered?.text !== latest) {
      revision += 1;
      unanswered = { commandId: crypto.randomUUID(), revision, text: latest };
      remember(latest, revision);
    }
    return unanswered;
  };

  async function flush(): Promise<void> {
    clearTimeout(timer);
    if (stopped || sending || latest === saved) return;
    sending = true;
    unsavedSince = null;
    onState('saving');
    const draft = nextDraft();
    const outcome = await send(draft).catch((): SendOutcome => 'failed');
    sending = false;
    if (stopped) return;
    if (outcome !== 'failed') unanswered = null;
    if (outcome === 'saved') saved = draft.text;
    if (latest === saved) return onState('saved');
    if (outcome === 'refused' && latest === draft.text) return onState('refused');
    onState(outcome === 'failed' ? 'kept-here' : 'unsaved');
    schedule(outcome === 'failed' ? retryMs : afterTypingMs);
  }

  if (start.unsent) schedule(0);

  return {
    typed(text: string) {
      latest = text;
      remember(text, revision);
      if (latest === saved && !sending) {
        clearTimeout(timer);
        unsavedSince = null;
        return onState('saved');
      }
      unsavedSince ??= Date.now();
      if (sending) return;
      onState('unsaved');
      schedule(Math.max(0, Math.min(afterTypingMs, unsavedSince + atMostEveryMs - Date.now())));
    },
    flush,
    /** The draft to send with the last breath of the page, or null when all is saved. */
    parting(): DraftToSend | null {
      return stopped || latest === saved ? null : nextDraft();
    },
    /** A draft that another tab saved. Returns true when it should be shown here. */
    saw(draft: { text: string; revision: number }): boolean {
      if (stopped || draft.revision <= revision) return false;
      revision = draft.revision;
      if (latest !== saved || sending) return false;
      latest = draft.text;
      saved = draft.text;
      remember(latest, revision);
      return true;
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
