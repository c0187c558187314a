import type { News, SpokenWord } from './news';

export type Said = { utteranceId: string; questionId: string | null; words: SpokenWord[] };
export type TranscriptState = {
  said: Said[];
  interim: SpokenWord[];
  /** Whether another engine took over since, for the first one failed. */
  switched: boolean;
  /** Why nobody hears now, and what to do about it; `null` while somebody does. */
  trouble: string | null;
};

export const nothingSaid: TranscriptState = {
  said: [],
  interim: [],
  switched: false,
  trouble: null,
};

/** What was heard so far, after one more piece of news. */
export function hear(state: TranscriptState, news: News): TranscriptState {
  switch (news.type) {
    case 'interim':
      return { ...state, interim: news.words, trouble: null };
    case 'utterance': {
      const { utteranceId, questionId, words } = news;
      const known = state.said.some((said) => said.utteranceId === utteranceId);
      const said = known ? state.said : [...state.said, { utteranceId, questionId, words }];
      return { ...state, said, interim: [], trouble: null };
    }
    case 'engineSwitched':
      return { ...state, switched: true, trouble: null };
    case 'trouble':
      return { ...state, trouble: news.message };
    case 'committed':
    case 'hearing':
      return { ...state, trouble: null };
    case 'finalized':
    case 'seen':
    case 'replaced':
      return state;
  }
}

/** What the server has written down already, before what this page heard itself. */
export function recall(state: TranscriptState, written: Said[]): TranscriptState {
  const known = new Set(written.map(({ utteranceId }) => utteranceId));
  const here = state.said.filter(({ utteranceId }) => !known.has(utteranceId));
  return { ...state, said: [...written, ...here] };
}

/** The words of an answer as one would write them: without fillers. */
export function asWritten(said: Said[]): string {
  const words = said.flatMap((one) => one.words).filter(({ filler }) => !filler);
  return words.map(({ text }) => text).join(' ');
}

export function saidTo(state: TranscriptState, questionId: string): Said[] {
  return state.said.filter((said) => said.questionId === questionId);
}
