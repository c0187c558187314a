import { CircleAlert } from 'lucide-react';

type Refusal = { message: string; field?: string | null };

/** The part of a refusal that belongs to this input; empty where it speaks of another. */
export function refusalFor(refusal: Refusal | null, field: string): string | null {
  return refusal?.field === field ? refusal.message : null;
}

/** A refusal beside the button, unless one of the shown fields already carries it. */
export function RefusalNote({
  refusal,
  shownFields = [],
}: {
  refusal: Refusal | null;
  shownFields?: string[];
}) {
  if (!refusal || (refusal.field && shownFields.includes(refusal.field))) return null;
  return (
    <p
      role="alert"
      className="flex items-start gap-2 rounded-xl bg-bad-soft px-3.5 py-2.5 text-sm text-bad"
    >
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>{refusal.message}</span>
    </p>
  );
}
