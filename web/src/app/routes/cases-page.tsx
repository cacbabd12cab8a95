// Find cases by words, status and scope; the address keeps the filters.
import { Button, NativeSelect, Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { Page } from '@/components/ui/page';
import { SearchBox } from '@/components/ui/search-box';
import { Empty, Failure, Loading } from '@/components/ui/state';
import { useCases } from '@/features/cases/api/cases';
import { CaseList } from '@/features/cases/components/case-list';
import { useWorkflows } from '@/features/opening/api/workflows';
import { useSpeech } from '@/lib/i18n';

const route = getRouteApi('/cases');

export default function CasesPage() {
  const { t, say } = useSpeech();
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const cases = useCases(filter);
  const set = (part: Partial<typeof filter>) => void navigate({ search: { ...filter, ...part }, replace: true });
  const items = cases.data?.pages.flatMap((page) => page.items) ?? [];
  const first = cases.data?.pages[0];
  const c = t.cases;
  const workflows = useWorkflows();
  const kinds = [...(workflows.data?.items ?? [])].sort((a, b) => say(a.title).localeCompare(say(b.title), 'vi'));
  const isOneKind = filter.workflow === undefined || kinds.some((w) => w.id === filter.workflow);
  return (
    <Page title={c.title} lead={c.lead}>
      <div className="filters">
        <SearchBox label={c.searchLabel} help={c.searchHelp} value={filter.q ?? ''} onSearch={(q) => set({ q: q || undefined })} />
        <NativeSelect label={c.state} value={filter.state ?? ''} onChange={(e) => set({ state: (e.currentTarget.value || undefined) as typeof filter.state })}
          data={[{ value: '', label: c.states.any }, { value: 'open', label: c.states.open }, { value: 'overdue', label: c.states.overdue }, { value: 'closed', label: c.states.closed }]} />
        <NativeSelect label={c.kind} value={filter.workflow ?? ''} onChange={(e) => set({ workflow: e.currentTarget.value || undefined })}
          data={[{ value: '', label: c.states.any }, ...(isOneKind ? [] : [{ value: filter.workflow!, label: c.someKinds }]), ...kinds.map((w) => ({ value: w.id, label: say(w.title) }))]} />
        <NativeSelect label={c.scope} value={filter.scope ?? 'all'} onChange={(e) => set({ scope: e.currentTarget.value as typeof filter.scope })}
          data={[{ value: 'all', label: c.scopes.all }, { value: 'agency', label: c.scopes.agency }, { value: 'mine', label: c.scopes.mine }]} />
      </div>
      {cases.error && !first && <Failure error={cases.error} onRetry={() => void cases.refetch()} />}
      {cases.isPending && <Loading height={56} />}
      {first && <Text role="status" size="sm" fw={600}>{c.found(first.total)}</Text>}
      {first && items.length === 0 && (
        <Empty title={c.emptyTitle} text={c.emptyText}
          action={<Button variant="default" onClick={() => void navigate({ search: {}, replace: true })}>{t.common.clearFilters}</Button>} />
      )}
      {items.length > 0 && <CaseList items={items} />}
      {cases.hasNextPage && <Button variant="default" loading={cases.isFetchingNextPage} onClick={() => void cases.fetchNextPage()}>{t.common.more}</Button>}
    </Page>
  );
}
