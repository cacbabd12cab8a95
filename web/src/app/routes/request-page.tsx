// Writes a request to a service, new or from a draft.
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { BackIcon } from '@/components/ui/icons';
import { TextLink } from '@/components/ui/link';
import { Page } from '@/components/ui/page';
import { Empty, Failure, Loading } from '@/components/ui/state';
import { useDeleteDraft, useDraft } from '@/features/drafts/api/drafts';
import { RequestEditor } from '@/features/drafts/components/request-editor';
import { useService, useWorkflow } from '@/features/services/api/services';
import { agenciesOf, useSession } from '@/features/session/api/session';
import { useSpeech } from '@/lib/i18n';
import type { Draft } from '@/types/api';

const route = getRouteApi('/services/$code/request');

export default function RequestPage() {
  const { t, say } = useSpeech();
  const { code } = route.useParams();
  const { draft: draftId } = route.useSearch();
  const service = useService(code);
  const above = <TextLink to="/services/$code" params={{ code }} size="sm" className="back"><BackIcon />{service.data?.name ?? code}</TextLink>;
  const lead = service.data && `${service.data.code} – ${service.data.name}, ${say(service.data.owner.name)}`;
  return <Page title={t.request.title} windowTitle={`${t.request.title} ${code}`} lead={lead} above={above}><Editing key={code} code={code} draftId={draftId} /></Page>;
}

function Editing({ code, draftId }: { code: string; draftId: number | undefined }) {
  const { t } = useSpeech();
  const [startId] = useState(draftId); // a draft made while typing does not load over what is typed
  const router = useRouter();
  const session = useSession();
  const service = useService(code);
  const workflow = useWorkflow(service.data?.workflow);
  const draft = useDraft(startId);
  const remove = useDeleteDraft();
  const created = useCallback((made: Draft) => {
    void router.navigate({ to: '/services/$code/request', params: { code }, search: { draft: made.id }, replace: true });
  }, [router, code]);
  const error = service.error ?? workflow.error ?? draft.error;
  if (error) return <Failure error={error} onRetry={() => void Promise.all([service.refetch(), workflow.refetch()])} />;
  if (service.data && !service.data.can_request) return <Empty title={t.services.cannotTitle} text={service.data.form === 'open' ? t.services.openData : t.services.cannotRequest} />;
  if (!service.data || !workflow.data || (startId !== undefined && !draft.data)) return <Loading height={70} />;
  return (
    <RequestEditor service={service.data} about={null} workflow={workflow.data} draft={draft.data ?? null} agencies={agenciesOf(session.data)} onCreated={created}
      onSent={(made) => void router.navigate({ to: '/cases/$id', params: { id: String(made.id) } })}
      onDelete={(d) => remove.mutate(d, { onSuccess: () => void router.navigate({ to: '/drafts' }) })} />
  );
}
