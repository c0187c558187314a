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
});
