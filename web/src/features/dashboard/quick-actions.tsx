import { ChartLine, FileText, Mic } from 'lucide-react';
import { Link } from 'react-router';

const actions = [
  {
    to: '/interview/new',
    icon: Mic,
    name: 'New interview',
    note: 'Choose the mode and how hard it is',
  },
  { to: '/resume', icon: FileText, name: 'Check a resume', note: 'Against a role or a job post' },
  { to: '/analytics', icon: ChartLine, name: 'See your trend', note: 'Every score over time' },
];

export function QuickActions() {
  return (
    <nav aria-label="Quick actions" className="grid gap-3 sm:grid-cols-3 sm:gap-4">
      {actions.map(({ to, icon: Icon, name, note }) => (
        <Link
          key={to}
          to={to}
          className="glass group flex items-center gap-4 p-4 transition-colors hover:border-accent sm:p-5"
        >
          <span className="grid size-11 shrink-0 place-content-center rounded-xl bg-accent-soft text-accent">
            <Icon aria-hidden className="size-5" />
          </span>
          <span className="min-w-0">
            <span className="block font-medium">{name}</span>
            <span className="block text-sm text-muted">{note}</span>
          </span>
        </Link>
      ))}
    </nav>
  );
}
