import { render, screen } from '@testing-library/react';
import { sessionThat } from '@tests/live-session';
import { describe, expect, it, vi } from 'vitest';
import { usePrivacyNotes } from '@/third-parties';
import { SelfView } from './self-view';
import { nothingSaid } from './transcript-state';

vi.mock('@/third-parties', () => ({ usePrivacyNotes: vi.fn() }));

describe('SelfView', () => {
  it('says that the words are written down here only where nobody else hears them', () => {
    show({ speech: null });
    expect(screen.getByRole('status')).toHaveTextContent(
      'Listening. Your words are written down on this machine.',
    );
  });

  it('names whoever else hears them, and says when they stopped answering', () => {
    const { unmount } = show({ speech: 'Deepgram', engine: 'deepgram/nova-3' });
    expect(screen.getByRole('status')).toHaveTextContent('Deepgram writes your words down.');
    unmount();
    show({ speech: 'Deepgram', switched: true });
    expect(screen.getByRole('status')).toHaveTextContent(
      'Deepgram does not answer. Your words are written down on this machine.',
    );
  });

  it('says why the camera does not see', () => {
    show({ speech: null, camera: 'The browser may not use the camera.' });
    expect(screen.getByRole('alert')).toHaveTextContent('The browser may not use the camera.');
  });

  it('does not claim to listen with a microphone that stopped', () => {
    show({ speech: null, microphone: 'The microphone stopped.' });
    expect(screen.getByRole('status')).toHaveTextContent('Nothing is heard now.');
    expect(screen.getByRole('button', { name: 'Try again' })).toBeVisible();
  });

  it('promises nothing until it is known who hears', () => {
    show({ speech: undefined });
    expect(screen.getByRole('status')).toHaveTextContent(/^Listening\.$/);
  });
});

describe('SelfView, when nobody can hear', () => {
  it('says so instead of that it listens', () => {
    show({ speech: null, trouble: 'Nobody can hear you at the moment.' });
    expect(screen.getByRole('status')).toHaveTextContent(/^Nobody can hear you at the moment\.$/);
  });
});

type Given = {
  speech: string | null | undefined;
  engine?: string;
  switched?: boolean;
  trouble?: string;
  camera?: string | null;
  microphone?: string | null;
};

function show(given: Given) {
  vi.mocked(usePrivacyNotes).mockReturnValue({
    answers: '',
    resume: '',
    post: '',
    voice: '',
    speech: given.speech,
  });
  const { engine = 'whisper-base/2', switched = false, camera = null, microphone = null } = given;
  const { trouble = null } = given;
  const session = sessionThat({
    standing: { state: 'listening', engine },
    problems: { microphone, camera },
    transcript: { ...nothingSaid, switched, trouble },
  });
  return render(<SelfView session={session} />);
}
