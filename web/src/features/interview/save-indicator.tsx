import { Check, CircleDashed, HardDrive, LoaderCircle } from 'lucide-react';
import type { SaveState } from './autosave';

const states = {
  saved: { icon: Check, text: 'Saved' },
  unsaved: { icon: CircleDashed, text: 'Not saved yet' },
  saving: { icon: LoaderCircle, text: 'Saving…' },
  refused: { icon: HardDrive, text: 'Kept in this browser only: the server did not take it' },
  'kept-here': {
    icon: HardDrive,
    text: 'Kept in this browser, sent as soon as the server answers',
  },
};

export function SaveIndicator({ state }: { state: SaveState }) {
  const { icon: Icon, text } = states[state];
  return (
    <span className="inline-flex items-center gap-1.5 text-sm text-muted">
      <Icon aria-hidden className={state === 'saving' ? 'size-4 animate-spin' : 'size-4'} />
      <span role="status">{text}</span>
    </span>
  );
}
