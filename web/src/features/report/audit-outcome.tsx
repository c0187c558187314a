import { BadgeCheck, Info, TriangleAlert } from 'lucide-react';
import type { ComponentProps } from 'react';
import { type FragmentType, unmask } from '@/gql/fragment-masking';
import { graphql } from '@/gql/gql';
import type { AuditOutcome_AuditFragment } from '@/gql/graphql';
import { plural } from '@/ui/format';
import { AuditLines } from './audit-lines';

export const AuditFragment = graphql(`
  fragment AuditOutcome_audit on ScoreAudit {
    differences
    notJudgedAgain
    lines { depth text difference event { position eventId } }
  }
`);

/** What came of recomputing a score, and all that was recomputed. */
export function AuditOutcome(props: {
  audit: FragmentType<typeof AuditFragment>;
  answers: ComponentProps<typeof AuditLines>['answers'];
}) {
  const audit = unmask(AuditFragment, props.audit);
  const { Sign, tone, text } = finding(audit);
  return (
    <>
      <p className={`mb-3 flex items-start gap-2 ${tone}`}>
        <Sign aria-hidden className="mt-0.5 size-5 shrink-0" />
        <span>{text}</span>
      </p>
      <AuditLines lines={audit.lines} answers={props.answers} />
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
