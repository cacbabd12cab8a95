// Writes a case of any kind: about another case, for a service, or on its own; new or from a draft.
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { BackIcon } from '@/components/ui/icons';
import { TextLink } from '@/components/ui/link';
import { Page } from '@/components/ui/page';
import { Empty, Failure, Loading } from '@/components/ui/state';
import { useCase } from '@/features/cases/api/cases';
import { useDeleteDraft, useDraft } from '@/features/drafts/api/drafts';
import { RequestEditor, type AboutCase } from '@/features/drafts/components/request-editor';
import { useServices, useWorkflow } from '@/features/services/api/services';
import { agenciesOf, useSession } from '@/features/session/api/session';
import { useSpeech } from '@/lib/i18n';
import type { Case, Draft, Session } from '@/types/api';

const route = getRouteApi('/open/$workflow');

export default function OpenCasePage() {
  const { t, say } = useSpeech();
  const { workflow: id } = route.useParams();
  const { about } = route.useSearch();
  const workflow = useWorkflow(id);
  const above = about === undefined
    ? <TextLink to="/open" size="sm" className="back"><BackIcon />{t.open.title}</TextLink>
    : <TextLink to="/cases/$id" params={{ id: String(about) }} size="sm" className="back"><BackIcon />{t.open.backToCase}</TextLink>;
  return <Page title={workflow.data ? say(workflow.data.title) : t.open.title} above={above}><Editing key={`${id} ${about ?? ''}`} id={id} /></Page>;
}

function Editing({ id }: { id: string }) {
  const { t } = useSpeech();
  const { draft: draftId, about: aboutId } = route.useSearch();
  const [startId] = useState(draftId); // a draft made while typing does not load over what is typed
  const router = useRouter();
  const session = useSession();
  const workflow = useWorkflow(id);
  const draft = useDraft(startId);
  const about = aboutId ?? draft.data?.about ?? undefined;
  const cause = useCase(about ?? 0, about !== undefined);
  const wantsService = workflow.data !== undefined && workflow.data.start.service !== 'none' && about === undefined;
  const services = useServices({}, wantsService);
  const remove = useDeleteDraft();
  const created = useCallback((made: Draft) => {
    void router.navigate({ to: '/open/$workflow', params: { workflow: id }, search: { about, draft: made.id }, replace: true });
  }, [router, id, about]);
  const error = workflow.error ?? draft.error ?? cause.error ?? services.error;
  if (error) return <Failure error={error} onRetry={() => void Promise.all([workflow.refetch(), cause.refetch()])} />;
  if (!workflow.data || !session.data || (startId !== undefined && !draft.data) || (about !== undefined && !cause.data) || (wantsService && !services.data)) return <Loading height={70} />;
  if (!workflow.data.can_start) return <Empty title={t.open.cannotTitle} text={t.open.cannot} />;
  return (
    <RequestEditor service={null} services={services.data?.items} about={cause.data && about !== undefined ? aboutOf(cause.data, session.data) : null} workflow={workflow.data}
      draft={draft.data ?? null} agencies={agenciesOf(session.data)} onCreated={created}
      onSent={(made) => void router.navigate({ to: '/cases/$id', params: { id: String(made.id) } })}
      onDelete={(d) => remove.mutate(d, { onSuccess: () => void router.navigate({ to: '/drafts' }) })} />
  );
}

/** The other side of that case is most likely the agency that is meant. */
function aboutOf(c: Case, session: Session): AboutCase {
  const mine = agenciesOf(session).map((a) => a.code);
  const other = mine.includes(c.requester.code) ? c.owner : c.requester;
  return { id: c.id, number: c.number, title: c.title, party: mine.includes(other.code) ? null : other.code };
}
