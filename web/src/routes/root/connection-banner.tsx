import { useEffect, useState } from 'react';
import { useConnectionState } from '@/connection';

const quietMs = 800;

/** Says that the live connection is down, once it has been down long enough to notice. */
export function ConnectionBanner() {
  const down = useConnectionState() === 'down';
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(down), down ? quietMs : 0);
    return () => clearTimeout(timer);
  }, [down]);
  return (
    <div role="status" aria-live="polite" className="sticky top-16 z-30">
      {shown && (
        <p className="mx-auto mt-2 w-fit rounded-full border border-line bg-raised px-4 py-1.5 text-sm text-muted shadow-panel">
          Reconnecting… What you write is kept.
        </p>
      )}
    </div>
  );
}
