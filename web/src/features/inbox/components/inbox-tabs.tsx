// Whose work is shown: each way with its number, red where something of it is late.
import { Badge, Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import { useSpeech } from '@/lib/i18n';
import type { InboxScope } from '@/types/api';
import { useInbox } from '../api/inbox';

const scopes: InboxScope[] = ['mine', 'agency', 'watched'];

export function InboxTabs({ scope, onChange, children }: { scope: InboxScope; onChange: (scope: InboxScope) => void; children: ReactNode }) {
  const { t } = useSpeech();
  return (
    <Tabs value={scope} onChange={(value) => onChange(value as InboxScope)}>
      <Tabs.List aria-label={t.inbox.tabs.label} mb="md">
        {scopes.map((s) => <Tabs.Tab key={s} value={s} rightSection={<Count scope={s} />}>{t.inbox.tabs[s]}</Tabs.Tab>)}
      </Tabs.List>
      <Tabs.Panel value={scope}>{children}</Tabs.Panel>
    </Tabs>
  );
}

function Count({ scope }: { scope: InboxScope }) {
  const { t } = useSpeech();
  const first = useInbox(scope).data?.pages[0];
  if (!first || first.total === 0) return null;
  const late = first.overdue > 0;
  const words = scope === 'watched' ? [t.inbox.watchedCount, t.inbox.watchedOverdue] as const : [t.inbox.count, t.inbox.overdueCount] as const;
  const label = late ? `${words[0](first.total)}, ${words[1](first.overdue)}` : words[0](first.total);
  return <Badge size="sm" circle={first.total < 10} color={late ? 'red' : 'brand'} role="img" aria-label={label}>{first.total > 1000 ? t.inbox.many : first.total}</Badge>;
}
