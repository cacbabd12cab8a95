// Requests being written.
import { Button, Group, Text } from '@mantine/core';
import { ButtonLink } from '@/components/ui/link';
import { Page } from '@/components/ui/page';
import { Answer, Empty, ProblemAlert } from '@/components/ui/state';
import { useDeleteDraft, useDrafts } from '@/features/drafts/api/drafts';
import { useWorkflows } from '@/features/opening/api/workflows';
import { formatDayTime } from '@/lib/dates';
import { useSpeech } from '@/lib/i18n';
import type { Draft } from '@/types/api';

export default function DraftsPage() {
  const { t } = useSpeech();
  const drafts = useDrafts();
  return (
    <Page title={t.drafts.title} lead={t.drafts.lead}>
      <Answer query={drafts}>{({ items }) => items.length === 0
        ? <Empty title={t.drafts.emptyTitle} text={t.drafts.emptyText} action={<ButtonLink to="/services" variant="default">{t.drafts.emptyAction}</ButtonLink>} />
        : <ul className="plain-list" aria-label={t.drafts.title}>{items.map((d) => <Row key={d.id} draft={d} />)}</ul>}
      </Answer>
    </Page>
  );
}

function Row({ draft }: { draft: Draft }) {
  const { t, say } = useSpeech();
  const remove = useDeleteDraft();
  const workflows = useWorkflows();
  const workflow = workflows.data?.items.find((w) => w.id === draft.workflow);
  const name = [say(workflow?.title), draft.service && `${draft.service} – ${draft.service_name}`, draft.about_number].filter(Boolean).join(' · ');
  const purpose = Object.values(draft.fields).find((v) => typeof v === 'string' && v.length > 20);
  // Begun at its service, it goes on there.
  const isRequest = draft.service && !draft.about && workflow?.kind === 'request' && workflow.start.party === 'none';
  return (
    <li className="line line-card">
      <div>
        <Text fw={600}>{name}</Text>
        {typeof purpose === 'string' && <Text size="sm" lineClamp={2}>{purpose}</Text>}
        <Text size="sm" c="dimmed">{t.drafts.savedAt(formatDayTime(draft.updated_at))}</Text>
        {remove.error && <ProblemAlert error={remove.error} />}
      </div>
      <Group gap="sm">
        {isRequest
          ? <ButtonLink to="/services/$code/request" params={{ code: draft.service! }} search={{ draft: draft.id }} aria-label={`${t.drafts.continue}: ${name}`}>{t.drafts.continue}</ButtonLink>
          : <ButtonLink to="/open/$workflow" params={{ workflow: draft.workflow }} search={{ draft: draft.id, about: draft.about ?? undefined }} aria-label={`${t.drafts.continue}: ${name}`}>{t.drafts.continue}</ButtonLink>}
        <Button variant="subtle" color="red" aria-label={`${t.request.delete}: ${name}`} loading={remove.isPending}
          onClick={() => { if (window.confirm(t.request.deleteSure)) remove.mutate({ id: draft.id, version: draft.version }); }}>{t.request.delete}</Button>
      </Group>
    </li>
  );
}
