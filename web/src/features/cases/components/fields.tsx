// What the case says, in the order of its form.
import type { ReactNode } from 'react';
import { fieldsOf } from '@/components/schema-form/model';
import { valueText } from '@/components/schema-form/words';
import { Facts } from '@/components/ui/facts';
import { useAgencyNames } from '@/lib/agencies';
import { useSpeech } from '@/lib/i18n';
import type { Case } from '@/types/api';
import { FieldValue } from './field-value';

export function Fields({ case: c }: { case: Case }) {
  const { t, say } = useSpeech();
  const names = { agencies: useAgencyNames() };
  const items = fieldsOf(c.form).map((field): [string, ReactNode] => {
    const value = c.fields[field.name];
    return Array.isArray(value) && value.length > 1
      ? [`${say(field.title)} (${value.length})`, <FieldValue key="l" field={field} value={value} names={names} />]
      : [say(field.title), valueText(field, value, t, say, names)];
  });
  return <Facts items={items} />;
}
