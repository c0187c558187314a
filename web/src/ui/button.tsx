import { LoaderCircle } from 'lucide-react';
import type { ComponentProps } from 'react';
import { Link, type LinkProps } from 'react-router';
import { classNames } from './class-names';

type Look = 'primary' | 'secondary' | 'quiet' | 'danger';
type Size = 'medium' | 'large' | 'small';

const base =
  'inline-flex items-center justify-center gap-2 rounded-xl font-medium whitespace-nowrap transition-colors select-none disabled:opacity-55 disabled:cursor-not-allowed aria-disabled:opacity-55';
const looks: Record<Look, string> = {
  primary: 'bg-accent-strong text-on-accent hover:bg-accent-hover shadow-panel',
  secondary: 'border border-line-strong bg-panel text-ink hover:bg-accent-soft',
  quiet: 'text-ink hover:bg-accent-soft',
  danger: 'border border-bad text-bad hover:bg-bad-soft',
};
const sizes: Record<Size, string> = {
  small: 'min-h-9 px-3 text-sm',
  medium: 'min-h-11 px-4.5 text-[0.9375rem]',
  large: 'min-h-13 px-6 text-base',
};

type Style = { look?: Look; size?: Size };

export function Button({
  look = 'primary',
  size = 'medium',
  busy = false,
  className,
  children,
  type = 'button',
  ...rest
}: ComponentProps<'button'> & Style & { busy?: boolean }) {
  return (
    <button
      {...rest}
      type={type}
      disabled={rest.disabled || busy}
      aria-busy={busy || undefined}
      className={classNames(base, looks[look], sizes[size], className)}
    >
      {busy && <LoaderCircle aria-hidden className="size-4 animate-spin" />}
      {children}
    </button>
  );
}

export function ButtonLink({
  look = 'primary',
  size = 'medium',
  className,
  ...rest
}: LinkProps & Style) {
  return <Link {...rest} className={classNames(base, looks[look], sizes[size], className)} />;
}
