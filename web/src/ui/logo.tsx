export function Logo() {
  return (
    <span className="inline-flex items-center gap-2.5 font-display text-lg font-semibold tracking-tight">
      <img src="/favicon.svg" alt="" className="size-8" />
      Interaura
    </span>
  );
}
