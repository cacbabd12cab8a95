// What a person may open: every kind of case whose rules let one of his posts begin it.
import { Page } from '@/components/ui/page';
import { Answer, Empty } from '@/components/ui/state';
import { useWorkflows } from '@/features/opening/api/workflows';
import { WorkflowList } from '@/features/opening/components/workflow-list';
import { useSpeech } from '@/lib/i18n';

export default function OpenPage() {
  const { t } = useSpeech();
  const workflows = useWorkflows();
  return (
    <Page title={t.open.title} lead={t.open.lead}>
      <Answer query={workflows}>{({ items }) => {
        const mine = items.filter((w) => w.can_start);
        return mine.length === 0 ? <Empty title={t.open.emptyTitle} text={t.open.emptyText} /> : <WorkflowList items={mine} />;
      }}</Answer>
    </Page>
  );
}
