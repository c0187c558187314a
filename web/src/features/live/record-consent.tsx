/** Asks whether sound and picture may be kept; nothing is recorded before. */
export function RecordConsent({
  checked,
  onChange,
}: {
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  return (
    <label className="flex items-start gap-3 rounded-xl bg-sunken p-4">
      <input
        type="checkbox"
        checked={checked}
        onChange={({ target }) => onChange(target.checked)}
        className="mt-1 size-4 accent-accent-strong"
      />
      <span>
        <span className="font-medium">Keep a recording for me to watch afterwards</span>
        <span className="block text-sm text-muted">
          Sound and picture are sealed on this machine with your own key. Nobody else can play them.
          Without this, only your words and what was measured are kept.
        </span>
      </span>
    </label>
  );
}
