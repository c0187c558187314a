import { OutboxList } from '@/features/account/outbox-list';
import { Page } from '@/ui/page';

export function Component() {
  return (
    <Page
      title="Outbox"
      lead="Mail that this copy of Interaura wrote and kept, because no mail server is set."
      width="reading"
    >
      <OutboxList />
    </Page>
  );
}
