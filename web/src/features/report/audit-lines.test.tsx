import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { makeFragmentData } from '@/gql/fragment-masking';
import { AnswerFragment, AuditLines } from './audit-lines';
import type { AuditLine } from './audit-tree';

const first = '6693a44b-71d9-8f4c-ac11-46cf5981ef52';
const followUp = 'ecdab0b5-bba3-8890-8b78-4925b1c339be';

describe('AuditLines', () => {
  it('names answers by their questions, never by their ids', async () => {
    show(audited());
    await userEvent.click(screen.getByText('All 16 lines'));
    expect(screen.getByText('total 39.8 = mean of 1 answers')).toBeVisible();
    expect(question(/^Question 2: 12.5 of 100/)).toBeVisible();
    expect(question(/^Follow-up to question 2: 39.8 of 100/)).toHaveTextContent('And then?');
    await userEvent.click(question(/^Follow-up/));
    expect(
      screen.getByText('score 39.8 by embedded/3 under v1, on the answer to question 2 as well'),
    ).toBeVisible();
    expect(screen.queryByText(new RegExp(first))).toBeNull();
    expect(screen.getByText(/^ledger/)).toBeVisible();
  });

  it('prints what was said behind its place, counted as the server counts', async () => {
    show(audited());
    await userEvent.click(screen.getByText('All 16 lines'));
    await userEvent.click(question(/^Question 2/));
    const evidence = screen.getByText('evidence at characters 2 to 9').parentElement;
    expect(evidence).toHaveTextContent('evidence at characters 2 to 9: “shipped”');
    await userEvent.click(question(/^Follow-up/));
    const both = screen.getByText('evidence at characters 12 to 16').parentElement;
    expect(both).toHaveTextContent('evidence at characters 12 to 16: “Then”');
    expect(screen.getByText('point “Ships it”: covered at similarity 0.5')).toBeVisible();
  });

  it('folds the figures of a level, and shows the whole id of an event', async () => {
    show(audited());
    await userEvent.click(screen.getByText('All 16 lines'));
    await userEvent.click(question(/^Question 2/));
    expect(screen.getByText('own words = 0')).not.toBeVisible();
    await userEvent.click(screen.getByText('2 figures'));
    expect(screen.getByText('own words = 0')).toBeVisible();
    expect(screen.getByText('e-answered')).toBeVisible();
  });

  it('opens what differs by itself', () => {
    show(audited({ difference: '1 when judged again' }));
    const differing = question(/^Question 2/);
    expect(within(differing).getByText('1 difference')).toBeVisible();
    expect(screen.getByText(/differs: 1 when judged again/)).toBeVisible();
    expect(screen.queryByText('point “Ships it”: covered at similarity 0.5')).not.toBeVisible();
  });
});

function question(name: RegExp): HTMLElement {
  const [found] = screen
    .getAllByText((_, element) => element?.tagName === 'SUMMARY')
    .filter(({ textContent }) => name.test(textContent ?? ''));
  if (!found) throw new Error(`No question ${name}`);
  return found;
}

function audited({ difference = null }: { difference?: string | null } = {}): AuditLine[] {
  return [
    line(0, 'total 39.8 = mean of 1 answers', 'e-issued'),
    line(1, `answer ${first} score 12.5 by embedded/3 under v1, counts together`, 'e-judged'),
    line(2, 'relevance level 1.5 weight 0.2'),
    { ...line(3, 'own_words = 0'), difference },
    line(3, 'new_words = 0'),
    line(3, 'evidence at characters 2 to 9'),
    line(2, 'parts told: 0'),
    line(2, 'answered', 'e-answered'),
    line(2, 'asked', 'e-asked'),
    line(1, `answer ${followUp} score 39.8 by embedded/3 under v1, on answer ${first} as well`),
    line(2, 'depth level 2.0 weight 0.2'),
    line(3, 'evidence at characters 12 to 16'),
    line(2, 'point 0 covered at similarity 0.5'),
    line(2, 'answered'),
    line(2, 'asked'),
    line(0, 'ledger: the appends are as they were written'),
  ];
}

function line(depth: number, text: string, eventId?: string): AuditLine {
  const event = eventId ? { __typename: 'AuditedEvent' as const, position: '7', eventId } : null;
  return { __typename: 'AuditLine', depth, text, difference: null, event };
}

function show(lines: AuditLine[]) {
  const answer = {
    __typename: 'AnswerReport' as const,
    number: 2,
    attempt: 1,
    coverage: [],
  };
  const answers = [
    {
      ...answer,
      answerId: first,
      followUp: false,
      question: 'What did you ship?',
      judgedText: '🚀 shipped.',
      judgedWith: null,
    },
    {
      ...answer,
      answerId: followUp,
      followUp: true,
      question: 'And then?',
      judgedText: '🚀 shipped.\n\nThen it ran.',
      judgedWith: first,
      coverage: [
        {
          __typename: 'PointCoverage' as const,
          point: 'Ships it',
          covered: true,
          similarity: 0.5,
        },
      ],
    },
  ].map((one) => makeFragmentData(one, AnswerFragment));
  render(<AuditLines lines={lines} answers={answers} />);
}
