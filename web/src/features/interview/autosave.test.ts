import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAutosave, type DraftToSend, type SaveState, type SendOutcome } from './autosave';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function setUp(options: { text?: string; revision?: number; unsent?: boolean } = {}) {
  const sent: DraftToSend[] = [];
  const states: SaveState[] = [];
  const remembered: [string, number][] = [];
  const answers: ((outcome: SendOutcome) => void)[] = [];
  const autosave = createAutosave({
    text: '',
    revision: 0,
    unsent: false,
    ...options,
    send: (draft) => {
      sent.push(draft);
      return new Promise((resolve) => answers.push(resolve));
    },
    remember: (text, revision) => remembered.push([text, revision]),
    onState: (state) => states.push(state),
  });
  const answer = async (outcome: SendOutcome) => {
    answers.shift()?.(outcome);
    await vi.advanceTimersByTimeAsync(0);
  };
  return { autosave, sent, states, remembered, answer };
}

describe('autosave', () => {
  it('remembers every keystroke here and sends once typing stops', async () => {
    const { autosave, sent, states, remembered, answer } = setUp();
    autosave.typed('H');
    vi.advanceTimersByTime(1_000);
    autosave.typed('He');
    expect(remembered.map(([text]) => text)).toEqual(['H', 'He']);
    vi.advanceTimersByTime(1_499);
    expect(sent).toHaveLength(0);
    vi.advanceTimersByTime(1);
    expect(sent).toMatchObject([{ text: 'He', revision: 1 }]);
    await answer('saved');
    expect(states.at(-1)).toBe('saved');
  });

  it('sends every five seconds while typing goes on', () => {
    const { autosave, sent } = setUp();
    for (let ms = 0; ms <= 5_000; ms += 500) {
      autosave.typed(`after ${ms}`);
      vi.advanceTimersByTime(500);
    }
    expect(sent).toHaveLength(1);
    expect(sent[0]?.text).toBe('after 4500');
  });

  it('keeps one draft on its way at a time, with rising revisions', async () => {
    const { autosave, sent, answer } = setUp({ revision: 4 });
    autosave.typed('a');
    vi.advanceTimersByTime(1_500);
    autosave.typed('ab');
    vi.advanceTimersByTime(10_000);
    expect(sent).toHaveLength(1);
    await answer('saved');
    vi.advanceTimersByTime(1_500);
    expect(sent.map(({ text, revision }) => [text, revision])).toEqual([
      ['a', 5],
      ['ab', 6],
    ]);
  });

  it('sends an unanswered draft again under the same id', async () => {
    const { autosave, sent, states, answer } = setUp();
    autosave.typed('a');
    vi.advanceTimersByTime(1_500);
    await answer('failed');
    expect(states.at(-1)).toBe('kept-here');
    vi.advanceTimersByTime(3_000);
    expect(sent).toHaveLength(2);
    expect(sent[1]).toEqual(sent[0]);
  });

  it('says when a draft is refused, and tries again only with another text', async () => {
    const { autosave, sent, states, answer } = setUp();
    autosave.typed('far too long');
    vi.advanceTimersByTime(1_500);
    await answer('refused');
    expect(states.at(-1)).toBe('refused');
    vi.advanceTimersByTime(60_000);
    expect(sent).toHaveLength(1);
    autosave.typed('shorter');
    vi.advanceTimersByTime(1_500);
    expect(sent.map(({ text, revision }) => [text, revision])).toEqual([
      ['far too long', 1],
      ['shorter', 2],
    ]);
  });

  it('hands out a parting draft only while something is unsaved', async () => {
    const { autosave, answer } = setUp();
    expect(autosave.parting()).toBeNull();
    autosave.typed('a');
    expect(autosave.parting()).toMatchObject({ text: 'a', revision: 1 });
    void autosave.flush();
    await answer('saved');
    expect(autosave.parting()).toBeNull();
  });

  it('sends what was restored and never reached the server', () => {
    const { sent } = setUp({ text: 'restored', revision: 2, unsent: true });
    vi.advanceTimersByTime(0);
    expect(sent).toMatchObject([{ text: 'restored', revision: 3 }]);
  });

  it('takes over a draft of another tab unless something here is unsaved', () => {
    const { autosave, sent } = setUp();
    expect(autosave.saw({ text: 'from elsewhere', revision: 3 })).toBe(true);
    autosave.typed('mine');
    expect(autosave.saw({ text: 'elsewhere again', revision: 7 })).toBe(false);
    vi.advanceTimersByTime(1_500);
    expect(sent).toMatchObject([{ text: 'mine', revision: 8 }]);
  });

  it('sends nothing after it was stopped', () => {
    const { autosave, sent } = setUp();
    autosave.typed('a');
    autosave.stop();
    vi.advanceTimersByTime(10_000);
    expect(sent).toHaveLength(0);
    expect(autosave.parting()).toBeNull();
  });
});
