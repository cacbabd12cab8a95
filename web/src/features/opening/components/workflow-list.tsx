// The kinds of cases a person may open, each with its legal ground and the way in.
import { Group, Text } from '@mantine/core';
import { ButtonLink, TextLink } from '@/components/ui/link';
import { Section } from '@/components/ui/section';
import { lawText } from '@/lib/law';
import { useSpeech } from '@/lib/i18n';
import type { WorkflowLine } from '@/types/api';

/** Kinds of cases that belong together on the page; a kind that is new stands with the last. */
const groups = [
  ['use', ['request', 'agreement', 'account', 'delegation']],
  ['trouble', ['dispute', 'data-error', 'suspension', 'termination', 'use-statement']],
  ['offer', ['service', 'usage-regulation', 'catalogue', 'open-data']],
  ['govern', ['inspection', 'report', 'infrastructure', 'focal-point', 'proposal']],
  ['other', []],
] as const;

export function WorkflowList({ items }: { items: WorkflowLine[] }) {
  const { t } = useSpeech();
  const known: readonly string[] = groups.flatMap(([, kinds]) => [...kinds]);
  return (
    <>{groups.map(([name, kinds]) => {
      const mine = items.filter((w) => (name === 'other' ? !known.includes(w.kind) : (kinds as readonly string[]).includes(w.kind)));
      return mine.length > 0 && (
        <Section key={name} title={t.open.groups[name]}>
          <ul className="plain-list">{mine.map((w) => <Row key={w.id} workflow={w} />)}</ul>
        </Section>
      );
    })}</>
  );
}

function Row({ workflow: w }: { workflow: WorkflowLine }) {
  const { t, say } = useSpeech();
  const law = lawText(w.start.law);
  const isFromCase = w.start.about?.required === true;
  return (
    <li className="line">
      <div>
        <Text fw={600}>{say(w.title)}</Text>
        {law && <Text size="xs" c="dimmed">{t.case.law}: {law}</Text>}
        {isFromCase && <Text size="sm">{t.open.fromCase}</Text>}
      </div>
      <Group gap="sm">
        <TextLink to="/workflows/$id" params={{ id: w.id }} size="sm" aria-label={`${t.open.who}: ${say(w.title)}`}>{t.open.who}</TextLink>
        {isFromCase
          ? <ButtonLink to="/cases" search={{ workflow: w.start.about!.workflows.join() }} variant="default" size="sm" aria-label={`${t.open.findCase}: ${say(w.title)}`}>{t.open.findCase}</ButtonLink>
          : <ButtonLink to="/open/$workflow" params={{ workflow: w.id }} search={{}} variant="default" size="sm" aria-label={`${say(w.start.title)}: ${say(w.title)}`}>{say(w.start.title)}</ButtonLink>}
      </Group>
    </li>
  );
}
