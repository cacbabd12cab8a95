// What the request says, in the order of its form.
import { List } from '@mantine/core';
import type { ReactNode } from 'react';
import { fieldsOf, isRow } from '@/components/schema-form/model';
import { rowText, valueText } from '@/components/schema-form/words';
import { Facts } from '@/components/ui/facts';
import { useSpeech } from '@/lib/i18n';
import type { Case } from '@/types/api';

export function Fields({ case: c }: { case: Case }) {
  const { t, say } = useSpeech();
  const items = fieldsOf(c.form).map((field): [string, ReactNode] => {
    const value = c.fields[field.name];
    if (Array.isArray(value) && value.length > 0) {
      return [`${say(field.title)} (${value.length})`, <List key="l" type="ordered" size="sm">{value.map((v, i) => <List.Item key={i}>{isRow(v) ? rowText(field, v, t, say) : valueText(field, v, t, say)}</List.Item>)}</List>];
    }
    return [say(field.title), valueText(field, value, t, say)];
  });
  return <Facts items={items} />;
}
