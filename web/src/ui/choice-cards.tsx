import { type ReactNode, useId } from 'react';
import { classNames } from './class-names';

export type Choice<Value extends string> = { value: Value; label: string; hint?: ReactNode };

/** One of a few, as radio buttons that look like cards. */
export function ChoiceCards<Value extends string>({
  legend,
  choices,
  value,
  onChange,
  columns = 'sm:grid-cols-3',
  error,
}: {
  legend: string;
  choices: Choice<Value>[];
  value: Value | null;
  onChange: (value: Value) => void;
  columns?: string;
  error?: ReactNode;
}) {
  const name = useId();
  return (
    <fieldset>
      <legend className="mb-2 text-sm font-medium">{legend}</legend>
      <div className={classNames('grid gap-3', columns)}>
        {choices.map((choice) => (
          <label
            key={choice.value}
            className={classNames(
              'flex cursor-pointer flex-col gap-1 rounded-xl border p-4 transition-colors has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent',
              choice.value === value
                ? 'border-accent bg-accent-soft'
                : 'border-line-strong bg-raised hover:border-accent',
            )}
          >
            <span className="flex items-center gap-2.5 font-medium">
              <input
                type="radio"
                name={name}
                value={choice.value}
                checked={choice.value === value}
                onChange={() => onChange(choice.value)}
                className="size-4 shrink-0 accent-accent-strong outline-none"
              />
              {choice.label}
            </span>
            {choice.hint && <span className="pl-6.5 text-sm text-muted">{choice.hint}</span>}
          </label>
        ))}
      </div>
      {error}
    </fieldset>
  );
}
