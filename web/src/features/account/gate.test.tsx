import { screen, waitFor } from '@testing-library/react';
import { renderWithServer } from '@tests/render';
import { describe, expect, it } from 'vitest';
import { Gate } from './gate';
import { ViewerProvider } from './viewer';

const inside = (
  <ViewerProvider>
    <Gate door="ready">
      <p>Inside</p>
    </Gate>
  </ViewerProvider>
);

const ada = {
  id: 'ada',
  name: 'Ada',
  email: 'ada@example.com',
  password: 'x',
  verified: true,
  role: 'backend-engineer',
  level: 'MID',
};

describe('Gate', () => {
  it('lets a person pass who has all that is needed', async () => {
    const { router } = renderWithServer(inside, '/analytics', (server) => {
      server.world.users.push(ada);
      server.userId = ada.id;
    });
    expect(await screen.findByText('Inside')).toBeVisible();
    expect(router.state.location.pathname).toBe('/analytics');
  });

  it('sends an unverified person to their mail and shows nothing of the screen', async () => {
    const { router } = renderWithServer(inside, '/analytics', (server) => {
      server.world.users.push({ ...ada, verified: false });
      server.userId = ada.id;
    });
    await waitFor(() => expect(router.state.location.pathname).toBe('/verify'));
  });
});
