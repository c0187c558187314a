/** How sure the reader is of the text, in words that say what to do about it. */
export function confidenceInWords(confidence: number): { title: string; advice: string } {
  if (confidence >= 0.9) {
    return {
      title: 'Read clearly',
      advice: 'The text below is very likely what your file says.',
    };
  }
  if (confidence >= 0.7) {
    return {
      title: 'Read well, with a few doubts',
      advice: 'Skim the text below. Columns and tables are where words get mixed up.',
    };
  }
  return {
    title: 'Hard to read',
    advice:
      'Some of the text below may be wrong, and a hiring system may struggle as well. A simple one-column layout helps.',
  };
}
