// The tasks as a table; each row says what, which case, why mine and how long.
import { Table, Text } from '@mantine/core';
import { TextLink } from '@/components/ui/link';
import { Due } from '@/components/ui/due';
import { useSpeech } from '@/lib/i18n';
import type { InboxItem } from '@/types/api';

export function InboxList({ items }: { items: InboxItem[] }) {
  const { t } = useSpeech();
  return (
    <Table className="stacked list" verticalSpacing="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t.inbox.task}</Table.Th>
          <Table.Th>{t.inbox.parties}</Table.Th>
          <Table.Th>{t.inbox.why}</Table.Th>
          <Table.Th className="col-due">{t.due.due}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>{items.map((item) => <Row key={item.task.id} item={item} />)}</Table.Tbody>
    </Table>
  );
}

function Row({ item: { task, case: line } }: { item: InboxItem }) {
  const { t, say } = useSpeech();
  return (
    <Table.Tr className={task.is_overdue ? 'row-late' : undefined}>
      <Table.Td>
        <TextLink to="/cases/$id" params={{ id: String(line.id) }} fw={600}>{say(task.title)}</TextLink>
        <Text size="sm">{line.title}</Text>
        <Text size="xs" c="dimmed">{line.number}</Text>
      </Table.Td>
      <Table.Td data-label={t.inbox.parties}>
        <Text size="sm">{say(line.requester.name)} <span aria-label={t.common.to}>→</span> {say(line.owner.name)}</Text>
      </Table.Td>
      <Table.Td data-label={t.inbox.why}>
        <Text size="sm">{t.inbox.because(say(task.post_title), say(task.agency.name))}</Text>
      </Table.Td>
      <Table.Td><Due time={task} /></Table.Td>
    </Table.Tr>
  );
}
