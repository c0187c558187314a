import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { ChangeNote } from './change-note';

describe('ChangeNote', () => {
  it('calls a change only what is more than the noise', () => {
    render(
      <ChangeNote
        change={{ difference: 8.4, noise: 11.3, direction: 'WITHIN_NOISE', compared: 1 }}
        digits={0}
      />,
    );
    expect(screen.getByText(/^No change that can be told from chance/)).toHaveTextContent(
      'the last interview against the one of its kind before, 8 apart, and scores are uncertain by 11.',
    );
  });

  it('says which way, by how much and against what', () => {
    render(
      <ChangeNote
        change={{ difference: -0.8, noise: 0.5, direction: 'DOWN', compared: 3 }}
        digits={1}
      />,
    );
    expect(screen.getByText(/^Lower by 0.8/)).toHaveTextContent(
      'the last 3 interviews against the 3 of their kind before. That is more than the uncertainty of 0.5.',
    );
  });
});
