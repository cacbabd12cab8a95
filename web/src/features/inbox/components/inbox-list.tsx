// The tasks as a table; each row says what, which case, why mine or whose, and how long. Of a watched case: where it is.
import { Table, Text } from '@mantine/core';
import { TextLink } from '@/components/ui/link';
import { Due } from '@/components/ui/due';
import { useSpeech } from '@/lib/i18n';
import type { CaseLine, InboxItem, InboxScope } from '@/types/api';

export function InboxList({ items, scope }: { items: InboxItem[]; scope: InboxScope }) {
  const { t } = useSpeech();
  const isWatched = scope === 'watched';
  return (
    <Table className="stacked list" verticalSpacing="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{isWatched ? t.inbox.case : t.inbox.task}</Table.Th>
          <Table.Th>{t.inbox.parties}</Table.Th>
          <Table.Th>{isWatched ? t.inbox.state : scope === 'agency' ? t.inbox.whose : t.inbox.why}</Table.Th>
          <Table.Th className="col-due">{t.due.due}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map((item) => isWatched || !item.task
          ? <WatchedRow key={item.case.id} item={item} />
          : <WorkRow key={item.task.id} task={item.task} line={item.case} scope={scope} />)}
      </Table.Tbody>
    </Table>
  );
}

function WorkRow({ task, line, scope }: { task: NonNullable<InboxItem['task']>; line: CaseLine; scope: InboxScope }) {
  const { t, say } = useSpeech();
  return (
    <Table.Tr className={task.is_overdue ? 'row-late' : undefined}>
      <Table.Td>
        <TextLink to="/cases/$id" params={{ id: String(line.id) }} fw={600}>{say(task.title)}</TextLink>
        <Text size="sm">{line.title}</Text>
        <Text size="xs" c="dimmed">{line.number}</Text>
      </Table.Td>
      <Parties line={line} />
      <Table.Td data-label={scope === 'agency' ? t.inbox.whose : t.inbox.why}>
        <Text size="sm">{t.inbox.because(say(task.post_title), say(task.agency.name))}</Text>
        {task.on_behalf_of && <Text size="xs" c="dimmed">{t.session.insteadOf(task.on_behalf_of)}</Text>}
        {task.is_vacant && <Text size="xs" c="dimmed">{t.session.vacant}</Text>}
        {scope === 'agency' && task.is_mine && <Text size="xs" c="dimmed">{t.inbox.mineToo}</Text>}
      </Table.Td>
      <Table.Td><Due time={task} /></Table.Td>
    </Table.Tr>
  );
}

function WatchedRow({ item: { task, case: line } }: { item: InboxItem }) {
  const { t, say } = useSpeech();
  return (
    <Table.Tr className={line.is_overdue ? 'row-late' : undefined}>
      <Table.Td>
        <TextLink to="/cases/$id" params={{ id: String(line.id) }} fw={600}>{line.title}</TextLink>
        {task && <Text size="sm">{t.inbox.tabs.mine}: {say(task.title)}</Text>}
        <Text size="xs" c="dimmed">{line.number}</Text>
      </Table.Td>
      <Parties line={line} />
      <Table.Td data-label={t.inbox.state}><Text size="sm">{say(line.state_title)}</Text></Table.Td>
      <Table.Td>{line.is_open ? <Due time={line} /> : <Text size="sm" c="dimmed">{t.cases.closed}</Text>}</Table.Td>
    </Table.Tr>
  );
}

function Parties({ line }: { line: CaseLine }) {
  const { t, say } = useSpeech();
  return (
    <Table.Td data-label={t.inbox.parties}>
      <Text size="sm">{say(line.requester.name)} <span aria-label={t.common.to}>→</span> {say(line.owner.name)}</Text>
    </Table.Td>
  );
}
