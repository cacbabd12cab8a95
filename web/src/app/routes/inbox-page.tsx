// What waits for me, for my agency, and what I watch: the first page after sign-in. The address keeps which.
import { Button, Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { ButtonLink } from '@/components/ui/link';
import { Page } from '@/components/ui/page';
import { Empty, Failure, Loading } from '@/components/ui/state';
import { useInbox } from '@/features/inbox/api/inbox';
import { InboxList } from '@/features/inbox/components/inbox-list';
import { InboxTabs } from '@/features/inbox/components/inbox-tabs';
import { useSpeech } from '@/lib/i18n';
import type { Inbox, InboxScope } from '@/types/api';

const route = getRouteApi('/inbox');

export default function InboxPage() {
  const { t } = useSpeech();
  const scope: InboxScope = route.useSearch().tab ?? 'mine';
  const navigate = route.useNavigate();
  const choose = (next: InboxScope) => void navigate({ search: { tab: next === 'mine' ? undefined : next }, replace: true });
  return (
    <InboxTabs scope={scope} onChange={choose}>
      <Page title={t.inbox.tabs[scope]} lead={t.inbox.leads[scope]}><Work scope={scope} key={scope} /></Page>
    </InboxTabs>
  );
}

function Work({ scope }: { scope: InboxScope }) {
  const { t } = useSpeech();
  const inbox = useInbox(scope);
  const first = inbox.data?.pages[0];
  const items = inbox.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {inbox.error && !first && <Failure error={inbox.error} onRetry={() => void inbox.refetch()} />}
      {inbox.isPending && <Loading height={64} />}
      {first && <Count inbox={first} scope={scope} />}
      {first && items.length === 0 && <Nothing scope={scope} />}
      {items.length > 0 && <InboxList items={items} scope={scope} />}
      {inbox.hasNextPage && <Button variant="default" loading={inbox.isFetchingNextPage} onClick={() => void inbox.fetchNextPage()}>{t.common.more}</Button>}
    </>
  );
}

function Count({ inbox, scope }: { inbox: Inbox; scope: InboxScope }) {
  const { t } = useSpeech();
  const isWatched = scope === 'watched';
  return (
    <Text role="status" size="sm" fw={600}>
      {(isWatched ? t.inbox.watchedCount : t.inbox.count)(inbox.total)}
      {inbox.overdue > 0 && <span className="due-late">, {(isWatched ? t.inbox.watchedOverdue : t.inbox.overdueCount)(inbox.overdue)}</span>}
    </Text>
  );
}

function Nothing({ scope }: { scope: InboxScope }) {
  const { t } = useSpeech();
  const action = scope === 'watched'
    ? <ButtonLink to="/cases" variant="default">{t.inbox.emptyWatched}</ButtonLink>
    : <ButtonLink to="/services" variant="default">{t.inbox.emptyAction}</ButtonLink>;
  return <Empty title={t.inbox.empty[scope].title} text={t.inbox.empty[scope].text} action={action} />;
}
