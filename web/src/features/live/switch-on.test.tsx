import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { sessionThat } from '@tests/live-session';
import { useState } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { SwitchOn } from './switch-on';
import type { LiveSession } from './use-live-session';

vi.mock('@/third-parties', () => ({ usePrivacyNotes: () => ({ voice: '' }) }));

describe('SwitchOn', () => {
  const start = vi.fn<LiveSession['start']>(async () => undefined);
  beforeEach(() => {
    vi.stubGlobal('MediaRecorder', { isTypeSupported: () => true });
    start.mockClear();
  });

  it('records on as was agreed before', async () => {
    render(<Room agreed start={start} />);
    await userEvent.click(screen.getByRole('button', { name: 'Microphone only' }));
    expect(start).toHaveBeenCalledWith({ withCamera: false, record: true });
  });

  it('asks whoever was not asked before, and records nothing without an answer', async () => {
    render(<Room agreed={false} start={start} />);
    await userEvent.click(screen.getByRole('button', { name: 'Microphone only' }));
    expect(start).toHaveBeenLastCalledWith({ withCamera: false, record: false });
    await userEvent.click(screen.getByRole('checkbox', { name: /Keep a recording/ }));
    await userEvent.click(screen.getByRole('button', { name: 'Camera and microphone' }));
    expect(start).toHaveBeenLastCalledWith({ withCamera: true, record: true });
  });
});

function Room({ agreed, start }: { agreed: boolean; start: LiveSession['start'] }) {
  const [record, setRecord] = useState(agreed);
  return (
    <SwitchOn
      session={sessionThat({ start, standing: null })}
      isOn={false}
      record={record}
      onRecord={setRecord}
      onOn={() => undefined}
    />
  );
}
