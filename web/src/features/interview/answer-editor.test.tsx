import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderWithServer, type TestServer } from '@tests/render';
import { describe, expect, it, vi } from 'vitest';
import { makeFragmentData } from '@/gql/fragment-masking';
import { AnswerEditor, QuestionFragment } from './answer-editor';
import { writeLocalDraft } from './draft-store';

const draft = {
  __typename: 'Draft' as const,
  revision: 2,
  text: 'From the server',
  savedAt: '2026-03-01T10:00:00Z',
};

function show(serverDraft: typeof draft | null = null, gap: string | null = null, said = '') {
  const onSubmitted = vi.fn(async () => undefined);
  const view = renderWithServer(
    <AnswerEditor
      interviewId="i1"
      question={makeFragmentData(
        { __typename: 'AskedQuestion', id: 'q1', kind: 'BEHAVIOURAL', gap, draft: serverDraft },
        QuestionFragment,
      )}
      said={said}
      onSubmitted={onSubmitted}
    />,
    '/',
    openInterview,
  );
  return { ...view, onSubmitted, box: screen.getByRole('textbox', { name: 'Your answer' }) };
}

function openInterview(server: TestServer) {
  server.userId = 'ada';
  server.world.interviews.push({
    id: 'i1',
    owner: 'ada',
    role: 'backend-engineer',
    mode: 'MIXED',
    difficulty: 3,
    status: 'IN_PROGRESS',
    questions: 3,
    resumeId: null,
    planningFailure: null,
    thinking: false,
    createdAt: draft.savedAt,
    updatedAt: draft.savedAt,
    asked: [
      {
        id: 'q1',
        number: 1,
        text: 'Why?',
        kind: 'BEHAVIOURAL',
        topic: 'Reasons',
        gap: null,
        resumeQuote: null,
        difficulty: 3,
        askedAt: draft.savedAt,
        pausedMs: 0,
        extendedSeconds: 0,
        draft: null,
        answer: null,
      },
    ],
  });
}

describe('AnswerEditor', () => {
  it('asks a follow-up for what is missing, and for no whole story', () => {
    expect(show(null, 'No result yet.').box).toHaveAccessibleDescription(
      /together with your answer/,
    );
  });

  it('restores the draft of the server', () => {
    expect(show(draft).box).toHaveValue('From the server');
  });

  it('restores what was typed here later, and sends it', async () => {
    writeLocalDraft('q1', { text: 'From the server, and more', revision: 2, at: 1 });
    const { box, server } = show(draft);
    expect(box).toHaveValue('From the server, and more');
    expect(await screen.findByText('Saved')).toBeInTheDocument();
    expect(server.world.interviews[0]?.asked[0]?.draft).toMatchObject({
      text: 'From the server, and more',
      revision: 3,
    });
  });

  it('saves when the field is left, counts words, and says so', async () => {
    const { box, server } = show();
    await userEvent.type(box, 'Three small words');
    expect(screen.getByText('3 words')).toBeVisible();
    expect(screen.getByText('Not saved yet')).toBeInTheDocument();
    fireEvent.blur(box);
    expect(await screen.findByText('Saved')).toBeInTheDocument();
    expect(server.world.interviews[0]?.asked[0]?.draft?.text).toBe('Three small words');
  });

  it('submits with Ctrl and Enter, once, and forgets the local copy', async () => {
    const { box, server, onSubmitted } = show();
    await userEvent.type(box, 'An answer');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(onSubmitted).toHaveBeenCalledOnce());
    expect(server.world.interviews[0]?.asked[0]?.answer?.text).toBe('An answer');
    expect(localStorage.getItem('interaura.draft.q1')).toBeNull();
  });

  it('asks for a few words instead of submitting nothing', async () => {
    const { server } = show();
    await userEvent.click(screen.getByRole('button', { name: 'Submit answer' }));
    expect(screen.getByRole('alert')).toHaveTextContent('Write a few words first');
    expect(server.received).toHaveLength(0);
  });

  it('offers what was said aloud as the beginning of what is written', async () => {
    const { box } = show(null, null, 'We measured first');
    expect(screen.getByText('You said 3 words to this question:')).toBeVisible();
    await userEvent.type(box, 'Then we changed it.');
    await userEvent.click(screen.getByRole('button', { name: 'Begin with what I said' }));
    expect(box).toHaveValue('We measured first\n\nThen we changed it.');
    expect(screen.queryByRole('button', { name: 'Begin with what I said' })).toBeNull();
  });
});
