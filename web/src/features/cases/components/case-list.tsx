// Cases found, one a row.
import { Badge, Table, Text } from '@mantine/core';
import { Due } from '@/components/ui/due';
import { TextLink } from '@/components/ui/link';
import { formatDay } from '@/lib/dates';
import { useSpeech } from '@/lib/i18n';
import type { CaseLine } from '@/types/api';

export function CaseList({ items }: { items: CaseLine[] }) {
  const { t } = useSpeech();
  return (
    <Table className="stacked list" verticalSpacing="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t.cases.subject}</Table.Th>
          <Table.Th>{t.cases.requester}</Table.Th>
          <Table.Th>{t.cases.owner}</Table.Th>
          <Table.Th>{t.cases.at}</Table.Th>
          <Table.Th className="col-due">{t.cases.dueAt}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>{items.map((line) => <Row key={line.id} line={line} />)}</Table.Tbody>
    </Table>
  );
}

function Row({ line }: { line: CaseLine }) {
  const { t, say } = useSpeech();
  return (
    <Table.Tr className={line.is_overdue ? 'row-late' : undefined}>
      <Table.Td>
        <TextLink to="/cases/$id" params={{ id: String(line.id) }} fw={600}>{line.title}</TextLink>
        <Text size="xs" c="dimmed">{line.number} · {formatDay(line.created_at)}</Text>
      </Table.Td>
      <Table.Td data-label={t.cases.requester}><Text size="sm">{say(line.requester.name)}</Text></Table.Td>
      <Table.Td data-label={t.cases.owner}><Text size="sm">{say(line.owner.name)}</Text></Table.Td>
      <Table.Td data-label={t.cases.at}><StateBadge line={line} /></Table.Td>
      <Table.Td data-label={t.cases.dueAt}><CaseDue line={line} /></Table.Td>
    </Table.Tr>
  );
}

const outcomeColors: Record<string, string> = { connected: 'green', refused: 'red' };

export function StateBadge({ line }: { line: CaseLine }) {
  const { say } = useSpeech();
  const color = line.is_open ? 'brand' : (outcomeColors[line.outcome ?? ''] ?? 'gray');
  return <Badge variant="light" color={color} className="badge-words">{say(line.state_title)}</Badge>;
}

function CaseDue({ line }: { line: CaseLine }) {
  const { t } = useSpeech();
  if (!line.is_open) return <Text size="sm" c="dimmed">{t.cases.closed}</Text>;
  return <Due time={line} />;
}
