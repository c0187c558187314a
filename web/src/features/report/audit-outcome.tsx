import { BadgeCheck, Info, TriangleAlert } from 'lucide-react';
import { type FragmentType, unmask } from '@/gql/fragment-masking';
import { graphql } from '@/gql/gql';
import type { AuditOutcome_AuditFragment } from '@/gql/graphql';
import { Disclosure } from '@/ui/disclosure';
import { plural } from '@/ui/format';

export const AuditFragment = graphql(`
  fragment AuditOutcome_audit on ScoreAudit {
    differences
    notJudgedAgain
    lines { depth text difference event { position eventId } }
  }
`);

/** What came of recomputing a score, and all that was recomputed. */
export function AuditOutcome(props: { audit: FragmentType<typeof AuditFragment> }) {
  const audit = unmask(AuditFragment, props.audit);
  const { Sign, tone, text } = finding(audit);
  return (
    <>
      <p className={`mb-3 flex items-start gap-2 ${tone}`}>
        <Sign aria-hidden className="mt-0.5 size-5 shrink-0" />
        <span>{text}</span>
      </p>
      <Disclosure summary={`All ${audit.lines.length} lines`}>
        <ol className="max-h-128 overflow-auto rounded-xl bg-sunken p-4 font-mono text-xs">
          {audit.lines.map(({ depth, text, event, difference }, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines keep their order
            <li key={place} className="py-0.5" style={{ paddingInlineStart: `${depth * 1.25}rem` }}>
              <span className="break-words">{text}</span>
              {event && (
                <span className="text-faint" title={`Event ${event.eventId}`}>
                  {' '}
                  · event {event.position}
                </span>
              )}
              {difference && <span className="text-bad"> · differs: {difference}</span>}
            </li>
          ))}
        </ol>
      </Disclosure>
    </>
  );
}

/** Only what was really come to again is said to agree. */
function finding({ differences, notJudgedAgain }: AuditOutcome_AuditFragment) {
  const unjudged = `levels of ${plural(notJudgedAgain, 'verdict')} could not be judged again here.`;
  if (differences > 0) {
    const differing = `${plural(differences, 'number')} did not come out as recorded; see the marks below.`;
    return {
      Sign: TriangleAlert,
      tone: 'text-bad',
      text: notJudgedAgain > 0 ? `${differing} The ${unjudged}` : differing,
    };
  }
  return notJudgedAgain > 0
    ? {
        Sign: Info,
        tone: 'text-muted',
        text: `Every total was recomputed and agrees with what is recorded; the ${unjudged}`,
      }
    : {
        Sign: BadgeCheck,
        tone: 'text-good',
        text: 'Every number was recomputed and agrees with what is recorded.',
      };
}
