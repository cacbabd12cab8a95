// What the catalogue says of one service, and its data items with their number.
import { List, Text } from '@mantine/core';
import { Facts } from '@/components/ui/facts';
import { Section } from '@/components/ui/section';
import { useSpeech } from '@/lib/i18n';
import type { Service } from '@/types/api';
import { FormBadge } from './service-list';

export function ServiceFacts({ service }: { service: Service }) {
  const { t, say } = useSpeech();
  const s = t.services;
  const or = (text: string | null) => text || s.notStated;
  return (
    <>
      <Section title={`${s.items} (${service.items.length})`}>
        {service.items.length === 0 && <Text size="sm">{t.form.noItems}</Text>}
        <List type="ordered" spacing={4}>{service.items.map((item) => <List.Item key={item.key}>{item.name}</List.Item>)}</List>
      </Section>
      <Section title={s.about}>
        <Facts items={[
          [s.code, service.code], [s.owner, say(service.owner.name)], [s.database, or(service.database)], [s.form, <FormBadge key="f" form={service.form} />],
          [s.method, or(service.method)], [s.protocol, or(service.protocol)], [s.authentication, or(service.authentication)], [s.limit, or(service.limit)],
          [s.updateFrequency, or(service.update_frequency)], [s.usePeriod, or(service.use_period)], [s.personalData, or(service.personal_data)],
        ]} />
      </Section>
    </>
  );
}
