import { describe, expect, it } from 'vitest';
import { type Mark, quoted, segments } from './spans';

const shown = (text: string, marks: Mark<'a' | 'b'>[]) =>
  segments(text, marks).map((segment) => [
    segment.text,
    segment.marks.map((mark) => mark.kind).join(''),
  ]);

describe('segments', () => {
  it('counts code points, so that an emoji before a mark does not shift it', () => {
    expect(shown('Zoë 🚀👩‍🚀 ships', [{ start: 9, end: 14, kind: 'a' }])).toEqual([
      ['Zoë 🚀👩‍🚀 ', ''],
      ['ships', 'a'],
    ]);
  });

  it('keeps every mark where marks overlap', () => {
    expect(
      shown('abcdef', [
        { start: 0, end: 4, kind: 'a' },
        { start: 2, end: 6, kind: 'b' },
      ]),
    ).toEqual([
      ['ab', 'a'],
      ['cd', 'ab'],
      ['ef', 'b'],
    ]);
  });

  it('cuts marks to the text and leaves out empty ones', () => {
    expect(
      shown('abc', [
        { start: 2, end: 99, kind: 'a' },
        { start: 1, end: 1, kind: 'b' },
        { start: 50, end: 60, kind: 'b' },
      ]),
    ).toEqual([
      ['ab', ''],
      ['c', 'a'],
    ]);
  });

  it('gives the whole text back, whatever the marks', () => {
    const text = 'e\u0301tude 🎹 in D';
    const marks: Mark<'a'>[] = [{ start: 1, end: 9, kind: 'a' }];
    expect(
      segments(text, marks)
        .map((segment) => segment.text)
        .join(''),
    ).toBe(text);
  });
});

describe('quoted', () => {
  it('counts code points too', () => {
    expect(quoted('Zoë 🚀👩‍🚀 ships', { start: 9, end: 14 })).toBe('ships');
  });
});
