// What approved cases gave: accounts and agreements, with their end.
import { Badge, Table, Text } from '@mantine/core';
import { formatDay, isoToTyped } from '@/lib/dates';
import { useSpeech } from '@/lib/i18n';
import type { Grant } from '@/types/api';
import { TextLink } from './link';

export function GrantList({ items }: { items: Grant[] }) {
  const { t } = useSpeech();
  const g = t.grants;
  return (
    <Table className="stacked list" verticalSpacing="xs">
      <Table.Thead>
        <Table.Tr><Table.Th>{g.what}</Table.Th><Table.Th>{g.requester}</Table.Th><Table.Th>{g.owner}</Table.Th><Table.Th>{g.until}</Table.Th><Table.Th>{g.state}</Table.Th></Table.Tr>
      </Table.Thead>
      <Table.Tbody>{items.map((grant) => <Row key={grant.id} grant={grant} />)}</Table.Tbody>
    </Table>
  );
}

function Row({ grant }: { grant: Grant }) {
  const { t, say } = useSpeech();
  const g = t.grants;
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm" fw={600}>{g.kinds[grant.kind]}: {grant.reference}</Text>
        {grant.service && <Text size="sm">{grant.service.code} – {grant.service.name}</Text>}
        {grant.items && <Text size="xs" c="dimmed">{grant.items.join(', ')}</Text>}
        <TextLink to="/cases/$id" params={{ id: String(grant.case.id) }} size="xs">{grant.case.number}</TextLink>
      </Table.Td>
      <Table.Td data-label={g.requester}><Text size="sm">{say(grant.requester.name)}</Text></Table.Td>
      <Table.Td data-label={g.owner}><Text size="sm">{say(grant.owner.name)}</Text></Table.Td>
      <Table.Td data-label={g.until}><Text size="sm">{grant.until ? isoToTyped(grant.until) : g.noEnd}</Text></Table.Td>
      <Table.Td data-label={g.state}>
        <Badge variant="light" color={grant.ended_at ? 'gray' : 'green'} className="badge-words">{grant.ended_at ? g.ended(formatDay(grant.ended_at)) : g.running(formatDay(grant.granted_at))}</Badge>
      </Table.Td>
    </Table.Tr>
  );
}
