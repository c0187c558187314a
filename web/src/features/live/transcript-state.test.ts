import { describe, expect, it } from 'vitest';
import type { News, SpokenWord } from './news';
import { asWritten, hear, nothingSaid, recall, saidTo } from './transcript-state';

const word = (text: string): SpokenWord => ({
  text,
  start_ms: 0,
  end_ms: 100,
  confidence: 1,
  filler: false,
});
const utterance = (utteranceId: string, questionId: string, text: string): News => ({
  type: 'utterance',
  utteranceId,
  questionId,
  startedAt: '2026-11-22T09:00:00Z',
  words: [word(text)],
});

describe('hear', () => {
  it('puts final words in place of interim ones', () => {
    const interim: News = {
      type: 'interim',
      startedAt: '2026-11-22T09:00:00Z',
      words: [word('we'), word('fix')],
    };
    const guessed = hear(nothingSaid, interim);
    expect(guessed.interim).toHaveLength(2);
    const known = hear(guessed, utterance('u1', 'q1', 'fixed'));
    expect(known.interim).toEqual([]);
    expect(saidTo(known, 'q1')[0]?.words[0]?.text).toBe('fixed');
  });

  it('tells of trouble until somebody hears again', () => {
    const troubled = hear(nothingSaid, { type: 'trouble', message: 'Nobody can hear you.' });
    expect(troubled.trouble).toBe('Nobody can hear you.');
    const heard = hear(troubled, { type: 'hearing', from: 1, engine: 'whisper-base/2' });
    expect(heard.trouble).toBeNull();
  });

  it('keeps an utterance once, and apart by question', () => {
    let state = hear(nothingSaid, utterance('u1', 'q1', 'one'));
    state = hear(state, utterance('u1', 'q1', 'one'));
    state = hear(state, utterance('u2', 'q2', 'two'));
    expect(saidTo(state, 'q1')).toHaveLength(1);
    expect(saidTo(state, 'q2')).toHaveLength(1);
  });
});

describe('recall', () => {
  it('puts what was written down earlier before what this page hears, each once', () => {
    const heard = hear(
      hear(nothingSaid, utterance('u2', 'q1', 'two')),
      utterance('u3', 'q1', 'three'),
    );
    const written = ['one', 'two'].map((text, place) => ({
      utteranceId: `u${place + 1}`,
      questionId: 'q1',
      words: [word(text)],
    }));
    expect(asWritten(saidTo(recall(heard, written), 'q1'))).toBe('one two three');
  });
});

describe('asWritten', () => {
  it('leaves fillers out', () => {
    const words = [{ ...word('um'), filler: true }, word('yes')];
    expect(asWritten([{ utteranceId: 'u1', questionId: 'q1', words }])).toBe('yes');
  });
});
