// The form of a JSON Schema: a control for each field that shows, mistakes beside their field.
import { Stack, Text } from '@mantine/core';
import { useSpeech } from '@/lib/i18n';
import type { FormSchema, Ground, JsonValue, Values } from '@/types/api';
import { Control } from './controls';
import { fieldsOf, isRequired, isShown, type Mistakes, type Widget } from './model';

export interface FormSurroundings {
  /** Names that the widget `items` offers. */
  items: string[];
  grounds: Record<string, Ground[]>;
}

interface Props extends FormSurroundings {
  schema: FormSchema;
  values: Values;
  mistakes: Mistakes;
  idPrefix: string;
  onChange: (values: Values) => void;
}

/** Kinds of field that go two in a row where there is room. */
const short: Widget[] = ['text', 'number', 'date', 'choice'];

export const fieldId = (prefix: string, name: string) => `${prefix}-${name}`;

export function SchemaForm({ schema, values, mistakes, idPrefix, onChange, items, grounds }: Props) {
  const { t } = useSpeech();
  const set = (name: string, value: JsonValue | undefined) => {
    const next = { ...values };
    if (value === undefined) delete next[name];
    else next[name] = value;
    onChange(next);
  };
  const fields = fieldsOf(schema).filter((field) => isShown(field, values));
  return (
    <Stack gap="md">
      {fields.some((f) => isRequired(schema, f.name, values)) && <Text size="sm" c="dimmed">{t.common.requiredHint}</Text>}
      <div className="fields">{fields.map((field) => (
        <div key={field.name} className={short.includes(field.widget) ? undefined : 'field-wide'}><Control field={field} id={fieldId(idPrefix, field.name)} value={values[field.name]} mistake={mistakes[field.name]}
          isRequired={isRequired(schema, field.name, values)} onChange={(value) => set(field.name, value)} items={items} grounds={grounds} /></div>
      ))}</div>
    </Stack>
  );
}

/** Moves focus to the first field that has a mistake. */
export function focusFirstMistake(schema: FormSchema, mistakes: Mistakes, idPrefix: string): void {
  const first = fieldsOf(schema).find((field) => mistakes[field.name]);
  if (first) focusField(idPrefix, first.name);
}

export function focusField(idPrefix: string, name: string): void {
  const found = document.getElementById(fieldId(idPrefix, name));
  const target = found?.matches('input, textarea, select, button') ? found : found?.querySelector<HTMLElement>('input, textarea, select, button');
  target?.scrollIntoView({ block: 'center' });
  target?.focus({ preventScroll: true });
}
