import { classNames } from './class-names';
import { type Mark, segments } from './spans';

/** Text with marked places. A mark carries its meaning as text, so colour is never alone. */
export function MarkedText<Kind extends string>({
  text,
  marks,
  looks,
  active,
  className,
}: {
  text: string;
  marks: Mark<Kind>[];
  looks: Record<Kind, string>;
  /** The start of the mark to bring out, in code points. */
  active?: number | null;
  className?: string;
}) {
  return (
    <div className={classNames('break-words whitespace-pre-wrap', className)}>
      {segments(text, marks).map((segment) => {
        const top = segment.marks.at(-1);
        if (!top) return <span key={segment.start}>{segment.text}</span>;
        const notes = segment.marks.map((mark) => mark.note).filter(Boolean);
        const isShaded = segment.marks.some((mark) => looks[mark.kind].includes('bg-'));
        const isActive = segment.marks.some((mark) => mark.start === active);
        return (
          <mark
            key={segment.start}
            title={notes.join(' · ') || undefined}
            data-mark={segment.start}
            className={classNames(
              'rounded-sm px-0.5 text-inherit',
              // Over a shade it would win, and the shade's meaning be lost.
              !isShaded && 'bg-transparent',
              ...segment.marks.map((mark) => looks[mark.kind]),
              isActive && 'outline-2 outline-accent',
            )}
          >
            {segment.text}
          </mark>
        );
      })}
    </div>
  );
}
