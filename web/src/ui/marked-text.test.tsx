import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { MarkedText } from './marked-text';

describe('MarkedText', () => {
  it('marks the quoted words and says why', () => {
    render(
      <MarkedText
        text="🚀 Moved 14 services"
        marks={[{ start: 2, end: 10, kind: 'found', note: 'Found: migration' }]}
        looks={{ found: 'bg-good-soft' }}
      />,
    );
    expect(screen.getByTitle('Found: migration')).toHaveTextContent('Moved 14');
  });

  it('keeps the shade of a part where evidence lies over it', () => {
    render(
      <MarkedText
        text="I rolled it back"
        marks={[
          { start: 0, end: 16, kind: 'action', note: 'Action' },
          { start: 2, end: 8, kind: 'evidence', note: 'Evidence' },
        ]}
        looks={{ action: 'bg-good-soft', evidence: 'underline' }}
      />,
    );
    const both = screen.getByTitle(/Evidence/);
    expect(both).toHaveClass('bg-good-soft', 'underline');
    expect(both).not.toHaveClass('bg-transparent');
  });
});
