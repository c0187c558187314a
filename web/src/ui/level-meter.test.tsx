import { render, screen, waitFor } from '@testing-library/react';
import { domAnimation, LazyMotion, MotionGlobalConfig } from 'motion/react';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LevelMeter } from './level-meter';

describe('LevelMeter', () => {
  beforeAll(() => {
    MotionGlobalConfig.skipAnimations = true;
  });
  afterAll(() => {
    MotionGlobalConfig.skipAnimations = false;
  });

  it.each([
    [1, '0%'],
    [3, '50%'],
    [5, '100%'],
  ])('fills as far as level %s brings points', async (level, width) => {
    render(
      <LazyMotion features={domAnimation}>
        <LevelMeter level={level} label="Clarity" />
      </LazyMotion>,
    );
    const meter = screen.getByRole('meter', { name: 'Clarity' });
    expect(meter).toHaveAttribute('aria-valuemin', '1');
    expect(meter).toHaveAttribute('aria-valuenow', `${level}`);
    await waitFor(() => expect(meter.firstElementChild).toHaveStyle({ width }));
  });
});
