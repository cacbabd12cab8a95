// Find a data-sharing service.
import { Button, NativeSelect, Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { Page } from '@/components/ui/page';
import { SearchBox } from '@/components/ui/search-box';
import { Answer, Empty, Loading } from '@/components/ui/state';
import { useServices } from '@/features/services/api/services';
import { ServiceList } from '@/features/services/components/service-list';
import { useSpeech } from '@/lib/i18n';

const route = getRouteApi('/services');

export default function ServicesPage() {
  const { t } = useSpeech();
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const services = useServices(filter);
  const set = (part: Partial<typeof filter>) => void navigate({ search: { ...filter, ...part }, replace: true });
  const s = t.services;
  return (
    <Page title={s.title} lead={s.lead}>
      <div className="filters filters-two">
        <SearchBox label={s.searchLabel} help={s.searchHelp} value={filter.q ?? ''} onSearch={(q) => set({ q: q || undefined })} />
        <NativeSelect label={s.form} value={filter.form ?? ''} onChange={(e) => set({ form: (e.currentTarget.value || undefined) as typeof filter.form })}
          data={[{ value: '', label: t.common.all }, { value: 'default', label: s.forms.default }, { value: 'open', label: s.forms.open }, { value: 'specific', label: s.forms.specific }]} />
      </div>
      <Answer query={services} loading={<Loading height={56} />}>{(found) => (
        <>
          <Text role="status" size="sm" fw={600}>{s.found(found.total)}</Text>
          {found.items.length > 0 ? <ServiceList items={found.items} /> : (
            <Empty title={s.emptyTitle} text={s.emptyText}
              action={<Button variant="default" onClick={() => void navigate({ search: {}, replace: true })}>{t.common.clearFilters}</Button>} />
          )}
        </>
      )}</Answer>
    </Page>
  );
}
