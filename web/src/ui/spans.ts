/** A piece of text, counted in Unicode code points as the server counts. */
type Span = { start: number; end: number };

export type Mark<Kind extends string> = Span & { kind: Kind; note?: string };

export type Segment<Kind extends string> = { start: number; text: string; marks: Mark<Kind>[] };

/** The words of a piece of a text. */
export function quoted(text: string, { start, end }: Span): string {
  return Array.from(text).slice(start, end).join('');
}

/** Cuts a text where marks begin or end. Marks outside the text are cut to fit or left out. */
export function segments<Kind extends string>(text: string, marks: Mark<Kind>[]): Segment<Kind>[] {
  const points = Array.from(text);
  const fitting = marks
    .map((mark) => ({
      ...mark,
      start: Math.max(0, mark.start),
      end: Math.min(points.length, mark.end),
    }))
    .filter((mark) => mark.start < mark.end);
  const cuts = new Set([0, points.length]);
  for (const mark of fitting) cuts.add(mark.start).add(mark.end);
  const places = [...cuts].sort((a, b) => a - b);
  return places.slice(0, -1).map((start, index) => {
    const end = places[index + 1] ?? points.length;
    return {
      start,
      text: points.slice(start, end).join(''),
      marks: fitting.filter((mark) => mark.start <= start && mark.end >= end),
    };
  });
}
