// The kinds of cases a person may open, each with its legal ground and the way in.
import { Group, Text } from '@mantine/core';
import { ButtonLink, TextLink } from '@/components/ui/link';
import { lawText } from '@/lib/law';
import { useSpeech } from '@/lib/i18n';
import type { WorkflowLine } from '@/types/api';

export function WorkflowList({ items }: { items: WorkflowLine[] }) {
  const { t } = useSpeech();
  return <ul className="plain-list" aria-label={t.open.title}>{items.map((w) => <Row key={w.id} workflow={w} />)}</ul>;
}

function Row({ workflow: w }: { workflow: WorkflowLine }) {
  const { t, say } = useSpeech();
  const law = lawText(w.start.law);
  const isFromCase = w.start.about?.required === true;
  return (
    <li className="line line-card">
      <div>
        <Text fw={600}>{say(w.title)}</Text>
        {law && <Text size="sm" c="dimmed">{t.case.law}: {law}</Text>}
        {isFromCase && <Text size="sm">{t.open.fromCase}</Text>}
      </div>
      <Group gap="sm">
        <TextLink to="/workflows/$id" params={{ id: w.id }} size="sm" aria-label={`${t.open.who}: ${say(w.title)}`}>{t.open.who}</TextLink>
        {isFromCase
          ? <ButtonLink to="/cases" search={{ workflow: w.start.about!.workflows.join() }} variant="default" aria-label={`${t.open.findCase}: ${say(w.title)}`}>{t.open.findCase}</ButtonLink>
          : <ButtonLink to="/open/$workflow" params={{ workflow: w.id }} search={{}} aria-label={`${say(w.start.title)}: ${say(w.title)}`}>{say(w.start.title)}</ButtonLink>}
      </Group>
    </li>
  );
}
