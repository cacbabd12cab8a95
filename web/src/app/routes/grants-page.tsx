// Connections in force: what my agencies may use, and what they let others use.
import { Button } from '@mantine/core';
import { GrantList } from '@/components/ui/grant-list';
import { Page } from '@/components/ui/page';
import { Empty, Failure, Loading } from '@/components/ui/state';
import { useGrantList } from '@/features/grants/api/grants';
import { useSpeech } from '@/lib/i18n';

export default function GrantsPage() {
  const { t } = useSpeech();
  const grants = useGrantList();
  const items = grants.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={t.grants.title} lead={t.grants.lead}>
      {grants.error && !grants.data && <Failure error={grants.error} onRetry={() => void grants.refetch()} />}
      {grants.isPending && <Loading height={56} />}
      {grants.data && items.length === 0 && <Empty title={t.grants.emptyTitle} text={t.grants.emptyText} />}
      {items.length > 0 && <GrantList items={items} />}
      {grants.hasNextPage && <Button variant="default" loading={grants.isFetchingNextPage} onClick={() => void grants.fetchNextPage()}>{t.common.more}</Button>}
    </Page>
  );
}
