import { waitFor } from '@testing-library/react';
import { renderWithServer, type TestServer } from '@tests/render';
import { describe, expect, it } from 'vitest';
import { ViewerProvider } from '@/features/account/viewer';
import { Component as InterviewSession } from './interview-session';

describe('/interview/session', () => {
  it('leads to the interview that is open', async () => {
    await leadsTo('/interview/i1', (server) => putInterview(server, 'IN_PROGRESS'));
  });

  it('leads to the devices where an interview only waits to begin', async () => {
    await leadsTo('/interview/setup?interview=i1', (server) => putInterview(server, 'READY'));
  });

  it('leads to the devices where there is none', async () => {
    await leadsTo('/interview/setup', () => undefined);
  });
});

async function leadsTo(place: string, prepare: (server: TestServer) => void) {
  const page = (
    <ViewerProvider>
      <InterviewSession />
    </ViewerProvider>
  );
  const { router } = renderWithServer(page, '/interview/session', (server) => {
    server.world.users.push({
      id: 'ada',
      name: 'Ada',
      email: 'ada@example.com',
      password: 'x',
      verified: true,
      role: 'backend-engineer',
      level: 'MID',
    });
    server.userId = 'ada';
    prepare(server);
  });
  await waitFor(() => {
    const { pathname, search } = router.state.location;
    expect(pathname + search).toBe(place);
  });
}

function putInterview(server: TestServer, status: 'IN_PROGRESS' | 'READY') {
  server.world.interviews.push({
    id: 'i1',
    owner: 'ada',
    role: 'backend-engineer',
    mode: 'MIXED',
    difficulty: 3,
    status,
    questions: 3,
    resumeId: null,
    planningFailure: null,
    thinking: false,
    createdAt: '2026-03-01T10:00:00Z',
    updatedAt: '2026-03-01T10:00:00Z',
    asked: [],
  });
}
