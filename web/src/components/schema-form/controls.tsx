// One control for each kind of field.
import { Checkbox, Input, NativeSelect, NumberInput, Radio, Stack, Text, TextInput, Textarea } from '@mantine/core';
import type { ReactNode } from 'react';
import { useSpeech } from '@/lib/i18n';
import { lawText } from '@/lib/law';
import type { JsonValue } from '@/types/api';
import { AgencyInput } from './agency-input';
import { DateInput } from './date-input';
import { ItemsInput } from './items-input';
import type { Field, Mistake } from './model';
import type { FormSurroundings } from './schema-form';
import { RowsInput } from './rows-input';
import { mistakeText } from './words';

export interface ControlProps extends FormSurroundings {
  field: Field;
  id: string;
  value: JsonValue | undefined;
  mistake: Mistake | undefined;
  isRequired: boolean;
  onChange: (value: JsonValue | undefined) => void;
}

/** What all inputs share: label, help with the legal ground, mistake. */
export interface Shared {
  id: string;
  label: string;
  description: ReactNode;
  error: string | undefined;
  withAsterisk: boolean;
  'aria-required': boolean;
}

export function Control(props: ControlProps) {
  const { t, say } = useSpeech();
  const { field, id, value, mistake, isRequired, onChange } = props;
  const help = [say(field.help), field.law && `${t.case.law}: ${field.law}.`].filter(Boolean).join(' ');
  const shared: Shared = {
    id, label: say(field.title), description: help || undefined, error: mistake && mistakeText(mistake, t), withAsterisk: isRequired,
    'aria-required': isRequired,
  };
  const text = typeof value === 'string' ? value : '';
  switch (field.widget) {
    case 'textarea':
      return <LongText shared={shared} text={text} max={field.schema.maxLength} onChange={onChange} />;
    case 'date':
      return <DateInput shared={shared} value={text} onChange={onChange} />;
    case 'number':
      return <NumberInput {...shared} value={typeof value === 'number' ? value : text} onChange={onChange} hideControls />;
    case 'choice':
      return <Choice shared={shared} value={text} onChange={onChange} isRequired={isRequired}
        choices={field.choices.map((c) => ({ value: c.value, label: say(c.title) }))} />;
    case 'ground':
      return <GroundChoice shared={shared} value={text} onChange={onChange} grounds={props.grounds[field.schema['x-grounds'] ?? 'refusal'] ?? []} />;
    case 'items':
      return field.choices.length > 0
        ? <ItemsInput shared={shared} value={value} items={field.choices.map((c) => c.value)} titles={new Map(field.choices.map((c) => [c.value, say(c.title)]))} onChange={onChange} />
        : <ItemsInput shared={shared} value={value} items={props.items} onChange={onChange} />;
    case 'agency':
      return <AgencyInput shared={shared} value={text} isRequired={isRequired} onChange={onChange} />;
    case 'lines':
      return <Lines shared={shared} value={value} onChange={onChange} />;
    case 'rows':
      return <RowsInput {...props} shared={shared} />;
    case 'yes-no':
      return <YesNo shared={shared} value={value} onChange={onChange} />;
    case 'agree':
      return <Agree shared={shared} isTicked={value === true} onChange={onChange} />;
    default:
      return <TextInput {...shared} value={text} onChange={(e) => onChange(e.currentTarget.value)} maxLength={field.schema.maxLength}
        type={field.schema.format === 'email' ? 'email' : 'text'} />;
  }
}

/** The root of a group has no role that could be required. */
const ofGroup = ({ 'aria-required': _, ...rest }: Shared) => rest;

type Change = (value: JsonValue | undefined) => void;

function LongText({ shared, text, max, onChange }: { shared: Shared; text: string; max: number | undefined; onChange: Change }) {
  const { t } = useSpeech();
  const left = max === undefined ? null : max - [...text].length;
  const isNear = left !== null && left < 200;
  return (
    <div>
      <Textarea {...shared} value={text} onChange={(e) => onChange(e.currentTarget.value)} autosize minRows={3} maxRows={14} />
      {isNear && <Text size="xs" c="dimmed">{t.form.left(left)}</Text>}
    </div>
  );
}

/** Several texts, one a line. */
function Lines({ shared, value, onChange }: { shared: Shared; value: JsonValue | undefined; onChange: Change }) {
  const { t } = useSpeech();
  const lines = Array.isArray(value) ? value.map(String) : [];
  const help = [shared.description, t.form.onePerLine].filter(Boolean).join(' ');
  return (
    <Textarea {...shared} description={help} value={lines.join('\n')} autosize minRows={2} maxRows={14}
      onChange={(e) => onChange(e.currentTarget.value === '' ? undefined : e.currentTarget.value.split('\n'))} />
  );
}

function Choice({ shared, value, choices, isRequired, onChange }: {
  shared: Shared; value: string; choices: { value: string; label: string }[]; isRequired: boolean; onChange: Change;
}) {
  const { t } = useSpeech();
  const none = isRequired && value ? [] : [{ value: '', label: t.form.chooseOne }];
  return <NativeSelect {...shared} value={value} data={[...none, ...choices]} onChange={(e) => onChange(e.currentTarget.value || undefined)} />;
}

function GroundChoice({ shared, value, grounds, onChange }: {
  shared: Shared; value: string; grounds: { code: string; title: { vi: string; en: string }; law: string }[]; onChange: Change;
}) {
  const { t, say } = useSpeech();
  return (
    <Radio.Group {...ofGroup(shared)} value={value} onChange={onChange}>
      <Stack gap={6} mt={6}>
        {grounds.map((g) => <Radio key={g.code} value={g.code} label={say(g.title)} description={lawText(g.law) && `${t.case.law}: ${lawText(g.law)}`} />)}
      </Stack>
    </Radio.Group>
  );
}

function YesNo({ shared, value, onChange }: { shared: Shared; value: JsonValue | undefined; onChange: Change }) {
  const { t } = useSpeech();
  const current = typeof value === 'boolean' ? String(value) : '';
  return (
    <Radio.Group {...ofGroup(shared)} value={current} onChange={(v) => onChange(v === 'true')}>
      <div className="radio-row">
        <Radio value="true" label={t.common.yes} />
        <Radio value="false" label={t.common.no} />
      </div>
    </Radio.Group>
  );
}

function Agree({ shared, isTicked, onChange }: { shared: Shared; isTicked: boolean; onChange: Change }) {
  const label = <>{shared.label}{shared.withAsterisk && <Input.Label component="span" required labelElement="div" aria-hidden>{''}</Input.Label>}</>;
  return (
    <Checkbox id={shared.id} label={label} description={shared.description} error={shared.error} checked={isTicked} required={false}
      aria-required={shared['aria-required']} onChange={(e) => onChange(e.currentTarget.checked ? true : undefined)} />
  );
}
