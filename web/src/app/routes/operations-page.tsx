// For operators: what does not run by itself, in four parts; the address keeps the part.
import { getRouteApi } from '@tanstack/react-router';
import { Alert, Badge } from '@mantine/core';
import { TextLink } from '@/components/ui/link';
import { Page } from '@/components/ui/page';
import { useOperations } from '@/features/operations/api/operations';
import { Incidents } from '@/features/operations/components/incidents';
import { MovedDates } from '@/features/operations/components/moved-dates';
import { OutMails } from '@/features/operations/components/out-mails';
import { Vacancies } from '@/features/operations/components/vacancies';
import { useSession } from '@/features/session/api/session';
import { useWordsOf } from '@/lib/i18n';
import { operations } from '@/lib/i18n/operations';
import type { Operations } from '@/types/api';

const route = getRouteApi('/operations');
const parts = { incidents: Incidents, mails: OutMails, vacancies: Vacancies, dates: MovedDates };
export type OperationsView = keyof typeof parts;
const views = Object.keys(parts) as OperationsView[];

export default function OperationsPage() {
  const w = useWordsOf(operations);
  const { view = 'incidents' } = route.useSearch();
  const operates = useSession().data?.operates ?? false;
  const counts = useOperations(operates);
  const Part = parts[view];
  if (!operates) return <Page title={w.title}><Alert color="orange" variant="light">{w.closed}</Alert></Page>;
  return (
    <Page title={w.title} windowTitle={`${w.views[view]} – ${w.title}`} lead={w.lead}>
      <nav aria-label={w.viewsOf} className="views">
        {views.map((name) => (
          <TextLink key={name} to="/operations" search={{ view: name }} className="view" activeOptions={{ includeSearch: true }} aria-current={name === view ? 'page' : undefined}>
            {w.views[name]}<Count of={counts.data} view={name} />
          </TextLink>
        ))}
      </nav>
      <Part />
    </Page>
  );
}

function Count({ of, view }: { of: Operations | undefined; view: OperationsView }) {
  const n = of && { incidents: of.incidents, mails: of.failed_mails, vacancies: of.vacancies, dates: of.moved_dates ?? 0 }[view];
  return n ? <Badge size="md" color="red">{n}</Badge> : null;
}
