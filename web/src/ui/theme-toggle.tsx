import { Monitor, Moon, Sun } from 'lucide-react';
import { useEffect, useState } from 'react';

const storageKey = 'interaura.theme';
const choices = ['system', 'light', 'dark'] as const;
type ThemeChoice = (typeof choices)[number];

const names: Record<ThemeChoice, string> = { system: 'System', light: 'Light', dark: 'Dark' };
const icons = { system: Monitor, light: Sun, dark: Moon };

function storedChoice(): ThemeChoice {
  try {
    const stored = localStorage.getItem(storageKey);
    return stored === 'light' || stored === 'dark' ? stored : 'system';
  } catch {
    return 'system';
  }
}

/** Follows the system until one of the two themes is chosen; public/theme.js applies it first. */
export function ThemeToggle() {
  const [choice, setChoice] = useState<ThemeChoice>(storedChoice);
  useEffect(() => {
    const system = matchMedia('(prefers-color-scheme: dark)');
    const apply = () => {
      const dark = choice === 'system' ? system.matches : choice === 'dark';
      document.documentElement.dataset.theme = dark ? 'dark' : 'light';
    };
    apply();
    system.addEventListener('change', apply);
    return () => system.removeEventListener('change', apply);
  }, [choice]);

  const next = choices[(choices.indexOf(choice) + 1) % choices.length] ?? 'system';
  const Icon = icons[choice];
  const choose = () => {
    try {
      if (next === 'system') localStorage.removeItem(storageKey);
      else localStorage.setItem(storageKey, next);
    } catch {
      // The choice holds for this page only when storage is switched off.
    }
    setChoice(next);
  };
  return (
    <button
      type="button"
      onClick={choose}
      title={`Theme: ${names[choice]}`}
      aria-label={`Theme: ${names[choice]}. Switch to ${names[next]}`}
      className="grid size-10 place-content-center rounded-xl text-muted hover:bg-accent-soft hover:text-ink"
    >
      <Icon aria-hidden className="size-4.5" />
    </button>
  );
}
