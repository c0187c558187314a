import { expect, test } from 'vitest';
import { lineOf } from './line-of';

const question = (questionId: string, askedMs: number) => ({
  __typename: 'ReplayQuestion' as const,
  questionId,
  answerId: null,
  number: 1,
  followUp: false,
  text: questionId,
  askedMs,
  answeredMs: null,
  spoken: true,
});

test('questions stand before what was said to them', () => {
  const utterances = [
    {
      __typename: 'ReplayUtterance' as const,
      id: 'a',
      questionId: 'one',
      startMs: 4_000,
      words: [],
    },
    {
      __typename: 'ReplayUtterance' as const,
      id: 'b',
      questionId: 'two',
      startMs: 12_000,
      words: [],
    },
  ];
  const lines = lineOf({ questions: [question('one', 0), question('two', 9_000)], utterances });
  expect(lines.map((line) => line.atMs)).toEqual([0, 4_000, 9_000, 12_000]);
  expect(lines.map((line) => line.kind)).toEqual(['question', 'speech', 'question', 'speech']);
});
