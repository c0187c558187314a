import type { SpokenWord } from './news';

/** Spoken words as a line; fillers stand back, so that one sees them without being scolded. */
export function Words({ words }: { words: SpokenWord[] }) {
  return (
    <>
      {words.map((word, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: words have no names, and their order never changes
        <span key={place}>
          {word.filler ? (
            <span className="text-faint italic underline decoration-warn decoration-dotted underline-offset-4">
              {word.text}
            </span>
          ) : (
            word.text
          )}{' '}
        </span>
      ))}
    </>
  );
}
