// My work: the first page after sign-in.
import { Button, Text } from '@mantine/core';
import { ButtonLink } from '@/components/ui/link';
import { Page } from '@/components/ui/page';
import { Empty, Failure, Loading } from '@/components/ui/state';
import { useInbox } from '@/features/inbox/api/inbox';
import { InboxList } from '@/features/inbox/components/inbox-list';
import { useSpeech } from '@/lib/i18n';

export default function InboxPage() {
  const { t } = useSpeech();
  const inbox = useInbox();
  const first = inbox.data?.pages[0];
  const items = inbox.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={t.inbox.title} lead={t.inbox.lead}>
      {inbox.error && !first && <Failure error={inbox.error} onRetry={() => void inbox.refetch()} />}
      {inbox.isPending && <Loading height={64} />}
      {first && (
        <Text role="status" size="sm" fw={600}>
          {t.inbox.count(first.total)}{first.overdue > 0 && <span className="due-late">, {t.inbox.overdueCount(first.overdue)}</span>}
        </Text>
      )}
      {first && items.length === 0 && (
        <Empty title={t.inbox.emptyTitle} text={t.inbox.emptyText} action={<ButtonLink to="/services" variant="default">{t.inbox.emptyAction}</ButtonLink>} />
      )}
      {items.length > 0 && <InboxList items={items} />}
      {inbox.hasNextPage && <Button variant="default" loading={inbox.isFetchingNextPage} onClick={() => void inbox.fetchNextPage()}>{t.common.more}</Button>}
    </Page>
  );
}
