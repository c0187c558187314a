import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderWithServer } from '@tests/render';
import { describe, expect, it, vi } from 'vitest';
import { ViewerProvider } from '@/features/account/viewer';
import { Component as InterviewSetup } from './interview-setup';

describe('/interview/setup', () => {
  it.each([
    ['/interview/setup', '/interview/new'],
    ['/interview/setup?interview=i1', '/interview/i1'],
  ])('from %s takes the chosen way to %s', async (from, to) => {
    vi.stubGlobal('MediaRecorder', { isTypeSupported: () => true });
    const page = (
      <ViewerProvider>
        <InterviewSetup />
      </ViewerProvider>
    );
    const { router } = renderWithServer(page, from, (server) => {
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
    });
    expect(await screen.findByRole('checkbox', { name: /Keep a recording/ })).toBeVisible();
    await userEvent.click(await screen.findByRole('button', { name: 'In writing' }));
    expect(router.state.location.pathname).toBe(to);
    expect(router.state.location.state).toEqual({ way: { by: 'writing', record: false } });
  });
});
