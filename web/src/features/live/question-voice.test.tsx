import { render } from '@testing-library/react';
import { sessionThat } from '@tests/live-session';
import { expect, it, vi } from 'vitest';
import { QuestionVoice } from './question-voice';
import { readAloud } from './read-aloud';

vi.mock('./read-aloud', () => ({
  canRead: () => true,
  readsAloud: () => true,
  setReadsAloud: () => undefined,
  readAloud: vi.fn(() => () => undefined),
}));

it('reads a question once, not again after a pause', () => {
  const voice = (id: string) => (
    <QuestionVoice questionId={id} text="Why?" session={sessionThat({})} />
  );
  render(voice('q1')).unmount();
  render(voice('q1')).unmount();
  expect(readAloud).toHaveBeenCalledOnce();
  render(voice('q2'));
  expect(readAloud).toHaveBeenCalledTimes(2);
});
