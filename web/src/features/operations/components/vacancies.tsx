// Posts that nobody holds, and to whom their work falls.
import { Stack, Table, Text } from '@mantine/core';
import { Answer, Empty } from '@/components/ui/state';
import { formatDay } from '@/lib/dates';
import { useSpeech, useWordsOf } from '@/lib/i18n';
import { operations } from '@/lib/i18n/operations';
import type { Vacancy } from '@/types/api';
import { useVacancies } from '../api/operations';

export function Vacancies() {
  const w = useWordsOf(operations).vacancies;
  const vacancies = useVacancies();
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">{w.lead}</Text>
      <Answer query={vacancies}>{({ items }) => (items.length === 0 ? <Empty title={w.empty} text={w.emptyText} /> : <List items={items} />)}</Answer>
    </Stack>
  );
}

/** Where work waits comes first, and first of all where it waits for nobody. */
function List({ items }: { items: Vacancy[] }) {
  const { say } = useSpeech();
  const w = useWordsOf(operations).vacancies;
  const weight = (v: Vacancy) => v.open_tasks * 2 + (v.falls_to === null && v.open_tasks > 0 ? 1_000_000 : 0);
  const sorted = [...items].sort((a, b) => weight(b) - weight(a) || say(a.agency.name).localeCompare(say(b.agency.name), 'vi'));
  return (
    <>
      <Text role="status" size="sm" fw={600}>{w.count(items.length)}</Text>
      <Table className="stacked list" verticalSpacing="sm">
        <Table.Thead>
          <Table.Tr><Table.Th>{w.agency}</Table.Th><Table.Th>{w.post}</Table.Th><Table.Th>{w.since}</Table.Th><Table.Th>{w.fallsTo}</Table.Th><Table.Th>{w.tasks}</Table.Th></Table.Tr>
        </Table.Thead>
        <Table.Tbody>{sorted.map((v) => (
          <Table.Tr key={`${v.agency.code} ${v.post}`} className={v.falls_to === null && v.open_tasks > 0 ? 'row-late' : undefined}>
            <Table.Td><Text size="sm" fw={600}>{say(v.agency.name)}</Text></Table.Td>
            <Table.Td data-label={w.post}><Text size="sm">{say(v.post_title)}</Text></Table.Td>
            <Table.Td data-label={w.since}><Text size="sm">{v.since ? formatDay(v.since) : w.unknown}</Text></Table.Td>
            <Table.Td data-label={w.fallsTo}><Text size="sm" className={v.falls_to ? undefined : 'due-late'}>{v.falls_to ? `${v.falls_to.name} (${say(v.falls_to.post_title)})` : w.nobody}</Text></Table.Td>
            <Table.Td data-label={w.tasks}><Text size="sm">{v.open_tasks}</Text></Table.Td>
          </Table.Tr>
        ))}</Table.Tbody>
      </Table>
    </>
  );
}
