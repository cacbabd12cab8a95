// Mistakes and values of a form in words.
import { isoToTyped } from '@/lib/dates';
import type { Words } from '@/lib/i18n';
import { lawText } from '@/lib/law';
import type { Ground, JsonValue, Title, Values } from '@/types/api';
import { fieldsOf, isRow, type Field, type Mistake } from './model';

export function mistakeText(m: Mistake, t: Words): string {
  const n = m.limit ?? 0;
  const byCode: Record<string, string> = {
    required: t.form.required, requiredChoice: t.form.requiredChoice, requiredAgree: t.form.requiredAgree, pattern: t.form.pattern, email: t.form.email,
    date: t.form.date, number: t.form.number, minLength: t.form.minLength(n), maxLength: t.form.maxLength(n), minItems: t.form.minItems(n),
    maxItems: t.form.maxItems(n), minimum: t.form.minimum(n), maximum: t.form.maximum(n),
    row: t.form.row(n), 'extension-limit': t.errors.extensionLimit, 'extension-past': t.errors.extensionPast, 'extension-ground': t.errors.extensionGround,
  };
  return byCode[m.code] ?? t.form.wrong;
}

type Say = (title: Title | null | undefined) => string;

/** What codes stand for: legal grounds, and agencies by name. */
export interface Names {
  grounds?: Ground[];
  agencies?: Map<string, Title>;
}

export function valueText(field: Field | undefined, value: JsonValue | undefined, t: Words, say: Say, names: Names = {}): string {
  if (value === undefined || value === null || value === '') return '';
  if (typeof value === 'boolean') return value ? t.common.yes : t.common.no;
  if (Array.isArray(value)) return value.map((v) => (isRow(v) ? rowText(field, v, t, say, names) : valueText(field, v, t, say, names))).join('; ');
  if (isRow(value)) return Object.values(value).map((v) => valueText(undefined, v, t, say, names)).join('; ');
  const text = String(value);
  const ground = names.grounds?.find((g) => g.code === text);
  if (ground) return [say(ground.title), lawText(ground.law) && `(${lawText(ground.law)})`].filter(Boolean).join(' ');
  const choice = field?.choices.find((c) => c.value === text);
  if (choice) return say(choice.title);
  return say(names.agencies?.get(text)) || isoToTyped(text);
}

/** One row of a list: each value after its title. */
export function rowText(field: Field | undefined, row: Values, t: Words, say: Say, names: Names = {}): string {
  const fields = field?.schema.items ? fieldsOf(field.schema.items) : Object.keys(row).map((name): Pick<Field, 'name'> => ({ name }));
  return fields.filter((f) => row[f.name] !== undefined && row[f.name] !== '').map((f) => {
    const known = 'title' in f ? (f as Field) : undefined;
    return `${known ? say(known.title) : f.name}: ${valueText(known, row[f.name], t, say, names)}`;
  }).join('; ');
}
