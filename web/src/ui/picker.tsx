import { Check, ChevronsUpDown } from 'lucide-react';
import { type KeyboardEvent, useId, useMemo, useRef, useState } from 'react';
import { classNames } from './class-names';
import { Field, inputLook } from './field';

export type PickerOption = { value: string; label: string; group: string; hint?: string };

/** A text field that finds one of many, shown by group: the combobox pattern of ARIA. */
export function Picker({
  label,
  options,
  value,
  onChange,
  hint,
  error,
  placeholder,
}: {
  label: string;
  options: PickerOption[];
  value: string | null;
  onChange: (value: string) => void;
  hint?: string;
  error?: string | null;
  placeholder?: string;
}) {
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const chosen = options.find((option) => option.value === value);
  const found = useMemo(() => search(options, typed ?? ''), [options, typed]);
  const open = typed !== null;

  const choose = (option: PickerOption | undefined) => {
    if (option) onChange(option.value);
    setTyped(null);
  };
  const moveTo = (index: number) => {
    const next = Math.max(0, Math.min(found.length - 1, index));
    setActive(next);
    list.current?.querySelectorAll('[role="option"]')[next]?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (open) moveTo(active + (event.key === 'ArrowDown' ? 1 : -1));
      else setTyped('');
    } else if (event.key === 'Enter' && open) {
      event.preventDefault();
      choose(found[active]);
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      setTyped(null);
    }
  };

  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <div className="relative">
          <input
            {...control}
            type="text"
            role="combobox"
            autoComplete="off"
            aria-expanded={open}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={open && found[active] ? `${listId}-${active}` : undefined}
            placeholder={placeholder}
            value={typed ?? chosen?.label ?? ''}
            onChange={(event) => {
              setTyped(event.target.value);
              setActive(0);
            }}
            onFocus={(event) => event.target.select()}
            onClick={() => setTyped((now) => now ?? '')}
            onBlur={() => setTyped(null)}
            onKeyDown={onKeyDown}
            className={classNames(inputLook, 'min-h-11 pr-10')}
          />
          <ChevronsUpDown
            aria-hidden
            className="pointer-events-none absolute top-3.5 right-3.5 size-4 text-muted"
          />
          <div
            ref={list}
            id={listId}
            role="listbox"
            aria-label={label}
            hidden={!open}
            className="absolute z-30 mt-1.5 max-h-80 w-full overflow-y-auto rounded-xl border border-line-strong bg-raised p-1.5 shadow-panel"
          >
            {open &&
              found.map((option, index) => (
                <div key={option.value}>
                  {option.group !== found[index - 1]?.group && (
                    <div className="px-2.5 pt-2.5 pb-1 text-xs font-medium text-faint">
                      {option.group}
                    </div>
                  )}
                  <PickerRow
                    id={`${listId}-${index}`}
                    option={option}
                    active={index === active}
                    chosen={option.value === value}
                    onChoose={() => choose(option)}
                  />
                </div>
              ))}
            {open && found.length === 0 && (
              <p className="px-2.5 py-3 text-sm text-muted">Nothing matches “{typed}”.</p>
            )}
          </div>
        </div>
      )}
    </Field>
  );
}

function PickerRow({
  id,
  option,
  active,
  chosen,
  onChoose,
}: {
  id: string;
  option: PickerOption;
  active: boolean;
  chosen: boolean;
  onChoose: () => void;
}) {
  return (
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      // The press must not take the focus from the text field, whose blur closes the list.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
      onKeyDown={(event) => event.key === 'Enter' && onChoose()}
      className={classNames(
        'flex items-center gap-2 rounded-lg px-2.5 py-2 hover:bg-accent-soft',
        active && 'bg-accent-soft',
      )}
    >
      <div className="min-w-0 flex-1">
        <div>{option.label}</div>
        {option.hint && <div className="truncate text-xs text-muted">{option.hint}</div>}
      </div>
      {chosen && <Check aria-hidden className="size-4 shrink-0 text-accent" />}
    </div>
  );
}

function search(options: PickerOption[], typed: string): PickerOption[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const matching = options.filter((option) => {
    const text = `${option.label} ${option.group}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const groups = [...new Set(matching.map((option) => option.group))].sort();
  return groups.flatMap((group) => matching.filter((option) => option.group === group));
}
