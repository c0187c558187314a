import { MailOpen } from 'lucide-react';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { graphql } from '@/gql/gql';
import { Button } from '@/ui/button';
import { formatTime } from '@/ui/format';
import { Panel } from '@/ui/panel';
import { EmptyState, ErrorState, LoadingPanels } from '@/ui/states';

const OutboxQuery = graphql(`
  query Outbox {
    outbox { id to subject sentAt text link }
  }
`);

export function OutboxList() {
  const [{ data, error, fetching }, read] = useQuery({
    query: OutboxQuery,
    requestPolicy: 'cache-and-network',
  });
  const again = () => read({ requestPolicy: 'network-only' });
  if (error && !data) return <ErrorState what="the outbox" onRetry={again} />;
  if (!data) return <LoadingPanels label="Loading the outbox" count={2} />;
  if (!data.outbox?.length) {
    return (
      <Panel>
        <EmptyState
          icon={<MailOpen aria-hidden className="size-6" />}
          title={data.outbox ? 'No mail yet' : 'Mail is really sent here'}
          action={
            data.outbox && (
              <Button look="secondary" busy={fetching} onClick={again}>
                Look again
              </Button>
            )
          }
        >
          {data.outbox
            ? 'What Interaura would send you appears here, a moment after it is written.'
            : 'This server delivers its mail, so there is no outbox to read. Look in your inbox.'}
        </EmptyState>
      </Panel>
    );
  }
  return (
    <ul className="space-y-4">
      {data.outbox.map((message) => (
        <li key={message.id}>
          <Panel>
            <div className="flex flex-wrap items-baseline justify-between gap-2">
              <h2 className="text-lg font-semibold">{message.subject}</h2>
              <time dateTime={message.sentAt} className="text-sm text-muted">
                {formatTime(message.sentAt)}
              </time>
            </div>
            <p className="text-sm break-words text-muted">To {message.to}</p>
            <p className="mt-4 break-words whitespace-pre-wrap">{message.text}</p>
            {message.link && (
              <Link
                to={pathOf(message.link)}
                className="mt-4 inline-block font-medium break-all text-accent underline underline-offset-4"
              >
                {message.link}
              </Link>
            )}
          </Panel>
        </li>
      ))}
    </ul>
  );
}

/** The link names the public address; here it leads to the same screen of this app. */
function pathOf(link: string): string {
  const url = new URL(link, location.origin);
  return `${url.pathname}${url.search}`;
}
