import { type ReactNode, useEffect, useId, useRef } from 'react';

/** A modal question. The browser keeps the focus inside it and Escape closes it. */
export function Dialog({
  open,
  title,
  onClose,
  children,
  actions,
}: {
  open: boolean;
  title: string;
  onClose: () => void;
  children: ReactNode;
  actions: ReactNode;
}) {
  const element = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = element.current;
    if (open && dialog && !dialog.open) dialog.showModal();
    if (!open && dialog?.open) dialog.close();
  }, [open]);
  return (
    <dialog
      ref={element}
      aria-labelledby={id}
      onClose={onClose}
      className="m-auto w-[min(30rem,calc(100vw-2rem))] rounded-panel border border-line bg-raised p-6 text-ink shadow-panel sm:p-7"
    >
      {open && (
        <>
          <h2 id={id} className="text-xl font-semibold">
            {title}
          </h2>
          <div className="mt-3 text-muted">{children}</div>
          <div className="mt-6 flex flex-wrap justify-end gap-3">{actions}</div>
        </>
      )}
    </dialog>
  );
}
