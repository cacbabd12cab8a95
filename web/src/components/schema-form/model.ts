// A form as data: which fields a JSON Schema asks for, which of them show, and what is wrong in them.
// The server decides; this only spares a person the way there and back.
import { isRealDay } from '@/lib/dates';
import { lawText } from '@/lib/law';
import type { FieldProblem, FormSchema, JsonValue, Title, Values } from '@/types/api';

export type Widget = 'text' | 'textarea' | 'number' | 'date' | 'choice' | 'ground' | 'items' | 'lines' | 'rows' | 'agency' | 'yes-no' | 'agree';

export interface Field {
  name: string;
  schema: FormSchema;
  widget: Widget;
  title: Title;
  help: Title | null;
  law: string | null;
  choices: { value: string; title: Title }[];
}

/** A mistake as a word and its number; the words of the page are made where it is shown. */
export interface Mistake {
  code: string;
  limit?: number;
  detail?: string;
}
export type Mistakes = Record<string, Mistake>;

export function fieldsOf(schema: FormSchema): Field[] {
  const properties = schema.properties ?? {};
  const ordered = (schema['x-order'] ?? []).filter((name) => name in properties);
  const rest = Object.keys(properties).filter((name) => !ordered.includes(name));
  return [...ordered, ...rest].map((name) => fieldOf(name, properties[name]!));
}

function fieldOf(name: string, schema: FormSchema): Field {
  const plain = schema.title ?? name;
  return {
    name,
    schema,
    widget: widgetOf(schema),
    title: schema['x-title'] ?? { vi: plain, en: plain },
    help: schema['x-help'] ?? null,
    law: lawText(schema['x-law']),
    choices: choicesOf(schema),
  };
}

function widgetOf(schema: FormSchema): Widget {
  const hint = schema['x-widget'];
  if (hint === 'textarea' || hint === 'items' || hint === 'ground' || hint === 'choice' || hint === 'date' || hint === 'agency') return hint;
  if (schema.const === true) return 'agree';
  if (schema.enum) return 'choice';
  if (schema.type === 'boolean') return 'yes-no';
  if (schema.type === 'integer' || schema.type === 'number') return 'number';
  if (schema.type === 'array') return schema.items?.type === 'object' ? 'rows' : schema.items?.enum ? 'items' : 'lines';
  return schema.format === 'date' ? 'date' : 'text';
}

/** Of one value, or of each in a list. */
function choicesOf(schema: FormSchema): Field['choices'] {
  return (schema.enum ?? schema.items?.enum ?? []).map((value) => {
    const text = String(value);
    return { value: text, title: (schema['x-enum-titles'] ?? schema.items?.['x-enum-titles'])?.[text] ?? { vi: text, en: text } };
  });
}

/** x-when: the field shows only while others hold these values. */
export function isShown(field: Field, values: Values): boolean {
  const when = field.schema['x-when'];
  return !when || Object.entries(when).every(([name, value]) => values[name] === value);
}

export function startValues(schema: FormSchema, given: Values): Values {
  const values: Values = { ...given };
  for (const field of fieldsOf(schema))
    if (values[field.name] === undefined && field.schema.default !== undefined) values[field.name] = field.schema.default;
  return values;
}

/** What is sent: fields that show and hold something, texts without space around them. */
export function valuesToSend(schema: FormSchema, values: Values): Values {
  const sent: Values = {};
  for (const field of fieldsOf(schema)) {
    const value = tidy(values[field.name]);
    if (value !== undefined && isShown(field, values)) sent[field.name] = value;
  }
  return sent;
}

/** Texts without space around them, also those inside; what is empty then is left out. */
function tidy(value: JsonValue | undefined): JsonValue | undefined {
  if (Array.isArray(value)) {
    const kept = value.map(tidy).filter((v): v is JsonValue => v !== undefined);
    return kept.length > 0 ? kept : undefined;
  }
  if (typeof value === 'object' && value !== null) {
    const kept = Object.entries(value).map(([name, v]) => [name, tidy(v)] as const).filter((e): e is [string, JsonValue] => e[1] !== undefined);
    return kept.length > 0 ? Object.fromEntries(kept) : undefined;
  }
  const tidied = typeof value === 'string' ? value.trim().normalize('NFC') : value;
  return isEmpty(tidied) ? undefined : tidied;
}

function isEmpty(value: JsonValue | undefined): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

export function isRequired(schema: FormSchema, name: string, values: Values): boolean {
  if (schema.required?.includes(name)) return true;
  return (schema.allOf ?? []).some((rule) => !!rule.then?.required?.includes(name) && !!rule.if && holds(rule.if, values));
}

function holds(condition: FormSchema, values: Values): boolean {
  const present = (condition.required ?? []).every((name) => !isEmpty(values[name]));
  return present && Object.entries(condition.properties ?? {}).every(
    ([name, rule]) => rule.const === undefined || values[name] === undefined || values[name] === rule.const,
  );
}

export function mistakesIn(schema: FormSchema, values: Values): Mistakes {
  const mistakes: Mistakes = {};
  for (const field of fieldsOf(schema)) {
    if (!isShown(field, values)) continue;
    const value = tidy(values[field.name]);
    const mistake = value === undefined
      ? missing(field, isRequired(schema, field.name, values))
      : mistakeOf(field.schema, value);
    if (mistake) mistakes[field.name] = mistake;
  }
  return mistakes;
}

function missing(field: Field, needed: boolean): Mistake | null {
  if (!needed) return null;
  if (field.widget === 'agree') return { code: 'requiredAgree' };
  if (field.widget === 'items' || field.widget === 'rows') return { code: 'minItems', limit: field.schema.minItems ?? 1 };
  const isChoice = field.widget === 'choice' || field.widget === 'agency' || field.widget === 'ground' || field.widget === 'yes-no';
  return { code: isChoice ? 'requiredChoice' : 'required' };
}

function mistakeOf(schema: FormSchema, value: JsonValue): Mistake | null {
  if (schema.const === true && value !== true) return { code: 'requiredAgree' };
  if (typeof value === 'string') return textMistake(schema, value);
  if (Array.isArray(value)) return listMistake(schema, value);
  if (typeof value === 'number') return limitMistake(value, schema.minimum, schema.maximum, 'minimum', 'maximum');
  return null;
}

/** A row that is wrong is named by its number; the row itself shows where. */
function listMistake(schema: FormSchema, list: JsonValue[]): Mistake | null {
  const limit = limitMistake(list.length, schema.minItems, schema.maxItems, 'minItems', 'maxItems');
  if (limit || !schema.items) return limit;
  const wrong = list.findIndex((v) => (isRow(v) ? Object.keys(mistakesIn(schema.items!, v)).length > 0 : mistakeOf(schema.items!, v) !== null));
  return wrong < 0 ? null : { code: 'row', limit: wrong + 1 };
}

export function isRow(value: JsonValue | undefined): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textMistake(schema: FormSchema, value: string): Mistake | null {
  if (schema.type === 'integer' || schema.type === 'number') return { code: 'number' };
  if (schema.format === 'date' && !isRealDay(value)) return { code: 'date' };
  if (schema.format === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)) return { code: 'email' };
  const length = [...value].length;
  const limit = limitMistake(length, schema.minLength, schema.maxLength, 'minLength', 'maxLength');
  if (limit) return limit;
  return schema.pattern && !new RegExp(schema.pattern, 'u').test(value) ? { code: 'pattern' } : null;
}

function limitMistake(n: number, min: number | undefined, max: number | undefined, low: string, high: string): Mistake | null {
  if (min !== undefined && n < min) return { code: low, limit: min };
  if (max !== undefined && n > max) return { code: high, limit: max };
  return null;
}

/** The server's field problems placed at the fields; `rest` has those that belong to none. */
export function placeProblems(schema: FormSchema, base: string, problems: FieldProblem[]) {
  const mistakes: Mistakes = {};
  const rest: FieldProblem[] = [];
  for (const problem of problems) {
    const name = fieldAt(base, problem.pointer);
    const rule = name === null ? undefined : schema.properties?.[name];
    if (name !== null && rule) mistakes[name] ??= mistakeFrom(rule, problem);
    else rest.push(problem);
  }
  return { mistakes, rest };
}

function fieldAt(base: string, pointer: string): string | null {
  if (!pointer.startsWith(`${base}/`)) return null;
  const first = pointer.slice(base.length + 1).split('/')[0]!;
  return first.replaceAll('~1', '/').replaceAll('~0', '~');
}

function mistakeFrom(rule: FormSchema, problem: FieldProblem): Mistake {
  const limits: Record<string, number | undefined> = {
    minLength: rule.minLength, maxLength: rule.maxLength, minItems: rule.minItems, maxItems: rule.maxItems, minimum: rule.minimum, maximum: rule.maximum,
  };
  const hasRows = rule.type === 'array' && rule['x-widget'] === undefined;
  if (hasRows && /\/\d+(\/|$)/.test(problem.pointer)) return { code: 'row', limit: Number(/\/(\d+)(\/|$)/.exec(problem.pointer)![1]) + 1, detail: problem.detail };
  const code = problem.code === 'format' ? (rule.format ?? 'wrong') : problem.code === 'const' ? 'requiredAgree' : problem.code;
  return { code, limit: limits[problem.code], detail: problem.detail };
}

export interface Difference {
  name: string;
  mine: JsonValue | undefined;
  theirs: JsonValue | undefined;
}

/** Where two sets of values differ, in the order of the form. */
export function differences(schema: FormSchema, mine: Values, theirs: Values): Difference[] {
  return fieldsOf(schema)
    .map(({ name }) => ({ name, mine: tidy(mine[name]), theirs: tidy(theirs[name]) }))
    .filter((d) => JSON.stringify(d.mine) !== JSON.stringify(d.theirs));
}
