// One case: what it is, where it is, what I may do, by when, what it says, what happened, what was mailed.
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import { Facts } from '@/components/ui/facts';
import { BackIcon } from '@/components/ui/icons';
import { GrantList } from '@/components/ui/grant-list';
import { ButtonLink, TextLink } from '@/components/ui/link';
import { Page } from '@/components/ui/page';
import { Section } from '@/components/ui/section';
import { Failure, Loading } from '@/components/ui/state';
import { useCase } from '@/features/cases/api/cases';
import { Actions } from '@/features/cases/components/actions';
import { Approvals } from '@/features/cases/components/approvals';
import { StateBadge } from '@/features/cases/components/case-list';
import { DiagramList } from '@/features/cases/components/diagram-list';
import { Fields } from '@/features/cases/components/fields';
import { History } from '@/features/cases/components/history';
import { hasLinks, Links } from '@/features/cases/components/links';
import { Mails } from '@/features/cases/components/mails';
import { PhaseLine } from '@/features/cases/components/phase-line';
import { Turn } from '@/features/cases/components/turn';
import { WatchButton } from '@/features/cases/components/watch-button';
import { withoutHistory } from '@/features/cases/plain-diagram';
import { useService } from '@/features/services/api/services';
import { useSession } from '@/features/session/api/session';
import { formatDayTime, formatDue } from '@/lib/dates';
import { lawText } from '@/lib/law';
import { useSpeech } from '@/lib/i18n';
import type { Case } from '@/types/api';
import { NotFoundPage } from './not-found-page';

const Diagram = lazy(() => import('@/features/cases/components/diagram'));
const route = getRouteApi('/cases/$id');

export default function CasePage() {
  const { t } = useSpeech();
  const id = Number(route.useParams().id);
  const found = useCase(id);
  if (!Number.isSafeInteger(id)) return <NotFoundPage />;
  if (found.data) return <CaseView case={found.data} key={id} />;
  return (
    <Page title={t.cases.title} above={<Back />}>
      {found.error ? <Failure error={found.error} onRetry={() => void found.refetch()} /> : <Loading rows={4} height={110} />}
    </Page>
  );
}

function Back() {
  const { t } = useSpeech();
  return <TextLink to="/cases" size="sm" className="back"><BackIcon />{t.case.back}</TextLink>;
}

function CaseView({ case: c }: { case: Case }) {
  const { t } = useSpeech();
  const session = useSession();
  const [done, setDone] = useState<string | null>(null);
  return (
    <Page title={c.title} windowTitle={`${c.number} ${c.title}`} above={<Back />} lead={<Group gap="sm" mt={4}><span>{c.number}</span><StateBadge line={c} /></Group>} actions={<WatchButton case={c} />}>
      <div role="status">
        {done && <Alert color="green" variant="light" withCloseButton closeButtonLabel={t.common.close} onClose={() => setDone(null)}>{t.case.done(done)}</Alert>}
      </div>
      <div className="case-grid">
        <Section title={t.case.what}><About case={c} /></Section>
        <Section title={t.case.where}><Where case={c} /></Section>
        <div className="case-side">
          <Section title={t.case.now} tone="now"><ActionsOf case={c} onDone={setDone} /><Offers case={c} /></Section>
          <Section title={t.case.turn}><Turn case={c} /></Section>
        </div>
        <div className="case-rest">
          {c.approvals.length > 0 && <Section title={t.case.approvals}><Approvals case={c} /></Section>}
          {hasLinks(c) && <Section title={t.case.links}><Links case={c} /></Section>}
          {c.grants.length > 0 && <Section title={t.case.grants}><GrantList items={c.grants} /></Section>}
          <Section title={t.case.fields}><Fields case={c} /></Section>
          <Section title={t.case.history}><History case={c} /></Section>
          <Section title={t.case.mails}><Mails mails={c.mails} isDemo={session.data?.is_demo ?? false} /></Section>
        </div>
      </div>
    </Page>
  );
}

function About({ case: c }: { case: Case }) {
  const { t, say } = useSpeech();
  return (
    <Facts items={[
      [t.case.requester, say(c.requester.name)], [c.service && !c.owner.role ? t.case.owner : t.case.ownerPlain, say(c.owner.name)],
      [t.case.service, c.service && <TextLink key="s" to="/services/$code" params={{ code: c.service.code }}>{c.service.code} – {c.service.name}</TextLink>],
      [t.case.due, c.is_open && c.due_at ? formatDue(c.due_at, t) : null], [t.case.created, formatDayTime(c.created_at)],
      [t.case.createdBy, c.created_by?.name], [t.case.received, c.received_at && formatDayTime(c.received_at)],
      [t.case.closed, c.closed_at && formatDayTime(c.closed_at)], [t.case.regime, c.regime && say(c.regime.title)],
    ]} />
  );
}

function Where({ case: c }: { case: Case }) {
  const { t } = useSpeech();
  const diagram = useMemo(() => withoutHistory(c.diagram), [c.diagram]);
  const [isShown, setShown] = useState(() => window.matchMedia('(min-width: 62em)').matches); // on a phone the list says it better
  return (
    <Stack gap="sm">
      <PhaseLine phases={c.phases} />
      <Group gap="sm">
        <Button variant="default" size="sm" aria-expanded={isShown} onClick={() => setShown(!isShown)}>{isShown ? t.case.diagramHide : t.case.diagramShow}</Button>
      </Group>
      {isShown && <Suspense fallback={<Loading rows={1} height={320} />}><Diagram diagram={diagram} /></Suspense>}
      <details className="small-details"><summary>{t.case.diagramText}</summary><DiagramList diagram={diagram} /></details>
    </Stack>
  );
}

/** What may be opened about this case now; closed cases have it too. */
function Offers({ case: c }: { case: Case }) {
  const { t, say } = useSpeech();
  if (c.offers.length === 0) return null;
  return (
    <div className="offers">
      <Text size="sm" fw={600}>{t.case.offers}</Text>
      {c.offers.map((o) => (
        <div key={o.workflow + say(o.title)}>
          <ButtonLink to="/open/$workflow" params={{ workflow: o.workflow }} search={{ about: c.id }} variant="default">{say(o.title)}</ButtonLink>
          {lawText(o.law) && <Text size="xs" c="dimmed">{t.case.law}: {lawText(o.law)}</Text>}
        </div>
      ))}
    </div>
  );
}

/** The items of the service are asked for only where an action may pick from them. */
function ActionsOf({ case: c, onDone }: { case: Case; onDone: (title: string) => void }) {
  const service = useService(c.service?.code ?? '', c.service !== null && c.can.length > 0);
  return <Actions case={c} serviceItems={service.data?.items.map((i) => i.name) ?? []} onDone={onDone} />;
}
