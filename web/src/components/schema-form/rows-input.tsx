// A list of rows, each with the same few fields: tasks of a plan, entries of a catalogue.
import { Button, Fieldset, Group, Input, Stack } from '@mantine/core';
import { useSpeech } from '@/lib/i18n';
import type { JsonValue, Values } from '@/types/api';
import { Control, type ControlProps, type Shared } from './controls';
import { fieldsOf, isRequired, isRow, isShown, mistakesIn } from './model';

export function RowsInput({ field, id, value, mistake, onChange, items, grounds, shared }: ControlProps & { shared: Shared }) {
  const { t } = useSpeech();
  const schema = field.schema.items ?? {};
  const rows = Array.isArray(value) ? value.filter(isRow) : [];
  const put = (next: Values[]) => onChange(next.length > 0 ? next : undefined);
  const setIn = (index: number, name: string, to: JsonValue | undefined) => put(rows.map((row, i) => {
    if (i !== index) return row;
    const { [name]: _, ...rest } = row;
    return to === undefined ? rest : { ...rest, [name]: to };
  }));
  const isFull = rows.length >= (field.schema.maxItems ?? Infinity);
  return (
    <Input.Wrapper label={shared.label} description={shared.description} error={shared.error} withAsterisk={shared.withAsterisk} labelElement="div" id={id}>
      <Stack gap="sm" mt={6}>
        {rows.map((row, i) => {
          const mistakes = mistake ? mistakesIn(schema, row) : {};
          return (
            <Fieldset key={i} legend={`${shared.label} ${i + 1}`} className="row-card">
              <div className="fields">{fieldsOf(schema).filter((f) => isShown(f, row)).map((f) => (
                <div key={f.name} className={f.widget === 'textarea' ? 'field-wide' : undefined}>
                  <Control field={f} id={`${id}-${i}-${f.name}`} value={row[f.name]} mistake={mistakes[f.name]} isRequired={isRequired(schema, f.name, row)}
                    onChange={(to) => setIn(i, f.name, to)} items={items} grounds={grounds} />
                </div>
              ))}</div>
              <Button variant="subtle" color="red" size="compact-sm" mt="xs" aria-label={`${t.form.removeRow}: ${shared.label} ${i + 1}`} onClick={() => put(rows.filter((_, at) => at !== i))}>{t.form.removeRow}</Button>
            </Fieldset>
          );
        })}
        <Group><Button variant="default" size="sm" disabled={isFull} onClick={() => put([...rows, {}])}>{t.form.addRow}: {shared.label}</Button></Group>
      </Stack>
    </Input.Wrapper>
  );
}
