import { Meter } from './meter';

/** Levels go from 1, which is no points at all, to 5. */
const lowest = 1;
const highest = 5;

/** A level as a bar, which is empty at the lowest: the bar shows the points that the level brings. */
export function LevelMeter(props: { level: number; label: string; className?: string }) {
  return (
    <Meter
      value={props.level}
      min={lowest}
      max={highest}
      label={props.label}
      className={props.className}
    />
  );
}
