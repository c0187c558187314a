import { Badge } from '@/ui/badge';
import { LevelMeter } from '@/ui/level-meter';

/** A made-up verdict, and marked as such: what a report looks like, before there is one. */
export function SampleVerdict() {
  return (
    <figure className="glass p-6 sm:p-8">
      <figcaption className="flex items-center justify-between gap-3">
        <Badge tone="accent">Example</Badge>
        <span className="text-sm text-muted">Part of a report</span>
      </figcaption>
      <p className="mt-4 font-display text-lg leading-snug font-semibold">
        Tell me about a time you had to change course late in a project.
      </p>
      <p className="mt-4 leading-loose">
        <mark className="rounded-sm bg-info-soft px-0.5 text-inherit">
          Two weeks before launch our supplier withdrew.
        </mark>{' '}
        <mark className="rounded-sm bg-good-soft px-0.5 text-inherit">
          I compared three others in a day and moved the contract myself.
        </mark>{' '}
        We launched on time.
      </p>
      <ul aria-label="Marks" className="mt-2 flex gap-3 text-xs text-muted">
        <li className="rounded-sm bg-info-soft px-1.5 text-ink">Situation</li>
        <li className="rounded-sm bg-good-soft px-1.5 text-ink">Action</li>
      </ul>
      <div className="mt-6 space-y-4">
        {[
          { title: 'Structure', level: 3.4, note: 'The result is named, but not measured.' },
          { title: 'Relevance', level: 4.2, note: '“Two weeks before launch” answers “late”.' },
        ].map(({ title, level, note }) => (
          <div key={title}>
            <p className="flex justify-between text-sm">
              <span className="font-medium">{title}</span>
              <span className="text-muted tabular-nums">{level} of 5</span>
            </p>
            <LevelMeter level={level} label={`${title} in the example`} className="my-1.5" />
            <p className="text-sm text-muted">{note}</p>
          </div>
        ))}
      </div>
    </figure>
  );
}
