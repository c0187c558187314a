import { type ComponentProps, useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '@/gql/gql';
import { Button } from '@/ui/button';
import { ErrorState, Waiting } from '@/ui/states';
import { AuditOutcome } from './audit-outcome';

const ScoreAudit = graphql(`
  query ScoreAudit($interviewId: ID!) {
    scoreAudit(interviewId: $interviewId) { ...AuditOutcome_audit }
  }
`);

/** The whole tree of numbers, recomputed on demand. */
export function Recomputed({
  interviewId,
  answers,
}: {
  interviewId: string;
  answers: ComponentProps<typeof AuditOutcome>['answers'];
}) {
  const [asked, setAsked] = useState(false);
  const [{ data, error, fetching }, read] = useQuery({
    query: ScoreAudit,
    variables: { interviewId },
    pause: !asked,
    requestPolicy: 'network-only',
  });
  const audit = data?.scoreAudit;
  return (
    <div>
      <h3 className="font-semibold">Recompute it</h3>
      <p className="mt-1 mb-4 max-w-prose text-sm text-muted">
        Reads your answers again, works every number out anew, and checks that no record was changed
        since it was written.
      </p>
      <Button
        look="secondary"
        size="small"
        busy={fetching}
        onClick={() => (asked ? read() : setAsked(true))}
      >
        Recompute now
      </Button>
      <div className="mt-4" aria-live="polite">
        {fetching && <Waiting>Reading your answers again…</Waiting>}
        {!fetching && error && <ErrorState what="the recomputation" onRetry={read} />}
        {!fetching && audit && <AuditOutcome audit={audit} answers={answers} />}
      </div>
    </div>
  );
}
