import { beforeEach, describe, expect, it } from 'vitest';
import { forgetLocalDraft, newestDraft, readLocalDraft, writeLocalDraft } from './draft-store';

beforeEach(() => localStorage.clear());

const server = { text: 'server', revision: 3, savedAt: '2026-03-01T10:00:00Z' };
const at = (iso: string) => new Date(iso).getTime();

describe('newestDraft', () => {
  it('starts empty where nothing was written', () => {
    expect(newestDraft(null, null)).toEqual({ text: '', revision: 0, unsent: false });
  });

  it('takes the server’s draft in a browser that has none', () => {
    expect(newestDraft(server, null)).toEqual({ text: 'server', revision: 3, unsent: false });
  });

  it('prefers what was typed here after the last save, even when the save ended later', () => {
    const local = { text: 'server and more', revision: 3, at: at('2026-03-01T09:59:59Z') };
    expect(newestDraft(server, local)).toEqual({
      text: 'server and more',
      revision: 3,
      unsent: true,
    });
  });

  it('takes a newer draft from another device', () => {
    const local = { text: 'old', revision: 1, at: at('2026-03-01T09:00:00Z') };
    expect(newestDraft(server, local)).toEqual({ text: 'server', revision: 3, unsent: false });
  });

  it('keeps a local text that was typed after the other device saved', () => {
    const local = { text: 'typed offline', revision: 1, at: at('2026-03-01T10:30:00Z') };
    expect(newestDraft(server, local)).toEqual({
      text: 'typed offline',
      revision: 3,
      unsent: true,
    });
  });
});

describe('the local draft', () => {
  it('is kept for its question only, until it is forgotten', () => {
    writeLocalDraft('q1', { text: 'one', revision: 1, at: 5 });
    expect(readLocalDraft('q1')).toEqual({ text: 'one', revision: 1, at: 5 });
    expect(readLocalDraft('q2')).toBeNull();
    forgetLocalDraft('q1');
    expect(readLocalDraft('q1')).toBeNull();
  });

  it('ignores what it cannot read', () => {
    localStorage.setItem('interaura.draft.q1', '{"text":7}');
    expect(readLocalDraft('q1')).toBeNull();
    localStorage.setItem('interaura.draft.q1', 'not json');
    expect(readLocalDraft('q1')).toBeNull();
  });
});
