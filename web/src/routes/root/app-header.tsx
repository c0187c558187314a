import { Link, NavLink } from 'react-router';
import { SignOutButton } from '@/features/account/sign-out-button';
import { useViewerState } from '@/features/account/viewer';
import { ButtonLink } from '@/ui/button';
import { classNames } from '@/ui/class-names';
import { Logo } from '@/ui/logo';
import { ThemeToggle } from '@/ui/theme-toggle';

const places = [
  { to: '/dashboard', name: 'Dashboard' },
  { to: '/resume', name: 'Resume' },
  { to: '/interview/new', name: 'Interview' },
  { to: '/analytics', name: 'Trend' },
];

export function AppHeader() {
  const { viewer } = useViewerState();
  const inside = viewer?.verified && viewer.role;
  return (
    <header className="sticky top-0 z-40 border-b border-line bg-canvas/80 backdrop-blur-lg">
      <div className="mx-auto flex min-h-16 max-w-6xl flex-wrap items-center gap-x-6 px-4 pt-2 md:pt-0 sm:px-6">
        <Link
          to={viewer ? '/dashboard' : '/'}
          aria-label="Interaura, home"
          className="flex rounded-lg"
        >
          <Logo />
        </Link>
        {inside && (
          <nav
            aria-label="Main"
            className="order-last -mx-1 flex w-full gap-1 overflow-x-auto pb-2 md:order-none md:w-auto md:pb-0"
          >
            {places.map(({ to, name }) => (
              <NavLink
                key={to}
                to={to}
                className={({ isActive }) =>
                  classNames(
                    'rounded-lg px-3 py-2 text-sm font-medium whitespace-nowrap transition-colors hover:text-ink',
                    isActive ? 'bg-accent-soft text-accent' : 'text-muted',
                  )
                }
              >
                {name}
              </NavLink>
            ))}
          </nav>
        )}
        <div className="ml-auto flex items-center gap-1">
          <ThemeToggle />
          {viewer ? (
            <>
              {inside && (
                <ButtonLink look="quiet" size="small" to="/profile" className="max-sm:hidden">
                  {viewer.name ?? 'Profile'}
                </ButtonLink>
              )}
              <SignOutButton />
            </>
          ) : (
            <ButtonLink look="quiet" size="small" to="/sign-in">
              Sign in
            </ButtonLink>
          )}
        </div>
      </div>
    </header>
  );
}
