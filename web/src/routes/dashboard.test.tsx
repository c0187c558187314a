import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderWithServer } from '@tests/render';
import { describe, expect, it } from 'vitest';
import { ViewerProvider } from '@/features/account/viewer';
import { Component as Dashboard } from './dashboard';

const ada = {
  id: 'ada',
  name: 'Ada',
  email: 'ada@example.com',
  password: 'x',
  verified: true,
  role: 'backend-engineer',
  level: 'MID',
};

const at = '2026-03-01T10:00:00Z';

function show(...statuses: ('READY' | 'PAUSED' | 'COMPLETED')[]) {
  return renderWithServer(
    <ViewerProvider>
      <Dashboard />
    </ViewerProvider>,
    '/dashboard',
    (server) => {
      server.world.users.push(ada);
      server.userId = ada.id;
      for (const status of statuses) {
        server.world.interviews.push({
          id: status,
          owner: 'ada',
          role: 'backend-engineer',
          mode: 'MIXED',
          difficulty: 3,
          status,
          questions: 3,
          resumeId: null,
          planningFailure: null,
          thinking: false,
          asked: [],
          createdAt: at,
          updatedAt: at,
        });
      }
    },
  );
}

const goOn = () => screen.queryByRole('region', { name: 'Go on where you stopped' });
const prepared = () => screen.queryByRole('region', { name: 'Prepared, not begun' });

describe('Dashboard', () => {
  it('goes on with what was begun, and lists apart what was only prepared', async () => {
    show('READY', 'PAUSED', 'COMPLETED');
    const list = await screen.findByRole('region', { name: 'Prepared, not begun' });
    expect(within(list).getByRole('link', { name: /Begin/ })).toHaveAttribute(
      'href',
      '/interview/READY',
    );
    const link = within(screen.getByRole('region', { name: 'Go on where you stopped' })).getByRole(
      'link',
    );
    expect(link).toHaveAttribute('href', '/interview/PAUSED');
    const recent = screen.getByRole('region', { name: 'Recent sessions' });
    expect(within(recent).getAllByRole('link')).toHaveLength(2);
  });

  it('has nothing to go on with when nothing was begun', async () => {
    show('READY');
    await screen.findByRole('region', { name: 'Prepared, not begun' });
    expect(goOn()).toBeNull();
  });

  it('discards a prepared interview', async () => {
    const { server } = show('READY');
    await userEvent.click(await screen.findByRole('button', { name: /Discard/ }));
    await waitFor(() => expect(prepared()).toBeNull());
    expect(server.world.interviews[0]?.status).toBe('DISCARDED');
  });
});
