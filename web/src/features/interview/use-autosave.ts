import { useCallback, useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import { graphql } from '@/gql/gql';
import { sendOnLeaving } from '@/graphql';
import { type Autosave, createAutosave, type SaveState } from './autosave';
import {
  forgetLocalDraft,
  newestDraft,
  readLocalDraft,
  type ServerDraft,
  writeLocalDraft,
} from './draft-store';

const DraftAnswer = graphql(`
  mutation DraftAnswer($input: DraftAnswerInput!) {
    draftAnswer(input: $input) {
      refusal { code message field }
      position
    }
  }
`);

/** The text of one answer, kept safe while it is written. Mount it anew for every question. */
export function useAutosave(interviewId: string, questionId: string, server: ServerDraft | null) {
  const client = useClient();
  const [initial] = useState(() => newestDraft(server, readLocalDraft(questionId)));
  const [text, setText] = useState(initial.text);
  const [state, setState] = useState<SaveState>(initial.unsent ? 'unsaved' : 'saved');
  const autosave = useRef<Autosave | null>(null);

  useEffect(() => {
    const running = createAutosave({
      text: initial.text,
      revision: Math.max(initial.revision, readLocalDraft(questionId)?.revision ?? 0),
      unsent: initial.unsent,
      send: async (draft) => {
        const { data, error } = await client
          .mutation(DraftAnswer, { input: { ...draft, interviewId, questionId } })
          .toPromise();
        if (error || !data) return 'failed';
        const { refusal } = data.draftAnswer;
        if (!refusal) return 'saved';
        return refusal.code === 'STALE' ? 'stale' : 'refused';
      },
      remember: (latest, revision) =>
        writeLocalDraft(questionId, { text: latest, revision, at: Date.now() }),
      onState: setState,
    });
    autosave.current = running;
    const part = () => {
      const draft = running.parting();
      if (draft) sendOnLeaving(DraftAnswer, { input: { ...draft, interviewId, questionId } });
    };
    const onVisibility = () => {
      if (document.visibilityState === 'hidden') part();
    };
    document.addEventListener('visibilitychange', onVisibility);
    window.addEventListener('pagehide', part);
    return () => {
      document.removeEventListener('visibilitychange', onVisibility);
      window.removeEventListener('pagehide', part);
      part();
      running.stop();
    };
  }, [client, interviewId, questionId, initial]);

  useEffect(() => {
    if (server && autosave.current?.saw(server)) setText(server.text);
  }, [server]);

  const type = useCallback((next: string) => {
    setText(next);
    autosave.current?.typed(next);
  }, []);
  const flush = useCallback(() => void autosave.current?.flush(), []);
  /** Called once the answer is in: nothing may be drafted any more. */
  const finish = useCallback(() => {
    autosave.current?.stop();
    forgetLocalDraft(questionId);
  }, [questionId]);
  return { text, type, flush, finish, state };
}
