// A value of a form as people read it: lists one below the other, codes by what they stand for.
import { List } from '@mantine/core';
import { isRow, type Field } from '@/components/schema-form/model';
import { rowText, valueText, type Names } from '@/components/schema-form/words';
import { useSpeech } from '@/lib/i18n';
import type { JsonValue } from '@/types/api';

export function FieldValue({ field, value, names }: { field: Field | undefined; value: JsonValue | undefined; names: Names }) {
  const { t, say } = useSpeech();
  if (!Array.isArray(value) || value.length < 2) return <>{valueText(field, value, t, say, names)}</>;
  return (
    <List type="ordered" size="sm">
      {value.map((v, i) => <List.Item key={i}>{isRow(v) ? rowText(field, v, t, say, names) : valueText(field, v, t, say, names)}</List.Item>)}
    </List>
  );
}
