// Services found: name, who provides, in which form, which items.
import { Badge, Table, Text } from '@mantine/core';
import { TextLink } from '@/components/ui/link';
import { useSpeech } from '@/lib/i18n';
import type { Service } from '@/types/api';

export function ServiceList({ items }: { items: Service[] }) {
  const { t } = useSpeech();
  return (
    <Table className="stacked list" verticalSpacing="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t.request.service}</Table.Th>
          <Table.Th>{t.services.owner}</Table.Th>
          <Table.Th>{t.services.items}</Table.Th>
          <Table.Th>{t.services.form}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>{items.map((service) => <Row key={service.code} service={service} />)}</Table.Tbody>
    </Table>
  );
}

function Row({ service }: { service: Service }) {
  const { t, say } = useSpeech();
  return (
    <Table.Tr>
      <Table.Td>
        <TextLink to="/services/$code" params={{ code: service.code }} fw={600}>{service.name}</TextLink>
        <Text size="xs" c="dimmed">{service.code}</Text>
      </Table.Td>
      <Table.Td data-label={t.services.owner}><Text size="sm">{say(service.owner.name)}</Text></Table.Td>
      <Table.Td data-label={t.services.items}><Text size="sm">{service.items.map((i) => i.name).join('; ')}</Text></Table.Td>
      <Table.Td data-label={t.services.form}><FormBadge form={service.form} /></Table.Td>
    </Table.Tr>
  );
}

export function FormBadge({ form }: { form: Service['form'] }) {
  const { t } = useSpeech();
  const colors = { open: 'green', default: 'brand', specific: 'gray' };
  return <Badge variant="light" color={colors[form] ?? 'gray'} className="badge-words">{t.services.forms[form] ?? form}</Badge>;
}
