import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderWithServer } from '@tests/render';
import { describe, expect, it } from 'vitest';
import { RegisterForm } from './register-form';

async function fill(values: { name: string; email: string; password: string }) {
  await userEvent.type(screen.getByLabelText('Your name'), values.name);
  await userEvent.type(screen.getByLabelText('Email'), values.email);
  await userEvent.type(screen.getByLabelText('Password'), values.password);
}

const press = () => userEvent.click(screen.getByRole('button', { name: 'Create account' }));

describe('RegisterForm', () => {
  it('shows a refusal beside the field it speaks of', async () => {
    renderWithServer(<RegisterForm />);
    await fill({ name: 'Ada', email: 'not an address', password: 'long enough words' });
    await press();
    expect(await screen.findByRole('alert')).toHaveTextContent('This is not an email address.');
    expect(screen.getByLabelText('Email')).toBeInvalid();
    expect(screen.getByLabelText('Email')).toHaveAccessibleDescription(/not an email address/);
    expect(screen.getByLabelText('Password')).toBeValid();
  });

  it('passes on advice for a weak password', async () => {
    renderWithServer(<RegisterForm />);
    await fill({ name: 'Ada', email: 'ada@example.com', password: 'short' });
    await press();
    expect(await screen.findByText('Add one or two more words.')).toBeVisible();
    expect(screen.getByLabelText('Password')).toBeInvalid();
  });

  it('keeps its id while no answer comes, and takes a new one after a refusal', async () => {
    const { server } = renderWithServer(<RegisterForm />);
    await fill({ name: 'Ada', email: 'nowhere', password: 'long enough words' });
    server.offline = true;
    await press();
    await waitFor(() => expect(server.received.length).toBeGreaterThanOrEqual(2));
    server.offline = false;
    expect(await screen.findByRole('alert')).toHaveTextContent('This is not an email address.');
    const ids = new Set(server.received.map(({ variables }) => variables.input?.commandId));
    expect(ids.size).toBe(1);

    await userEvent.type(screen.getByLabelText('Email'), '@example.com');
    await press();
    await waitFor(() => expect(server.world.users).toHaveLength(1));
    expect(server.received.at(-1)?.name).toBe('Register');
    expect(ids).not.toContain(server.received.at(-1)?.variables.input?.commandId);
  });
});
