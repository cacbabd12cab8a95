// Picks an agency of the province by name; kept as its code.
import { NativeSelect } from '@mantine/core';
import { useAgencies } from '@/lib/agencies';
import { useSpeech } from '@/lib/i18n';
import type { JsonValue } from '@/types/api';
import type { Shared } from './controls';

export function AgencyInput({ shared, value, isRequired, onChange }: {
  shared: Shared; value: string; isRequired: boolean; onChange: (value: JsonValue | undefined) => void;
}) {
  const { t, say } = useSpeech();
  const agencies = useAgencies();
  const known = (agencies.data?.items ?? []).map((a) => ({ value: a.code, label: say(a.name) })).sort((a, b) => a.label.localeCompare(b.label, 'vi'));
  const none = isRequired && value ? [] : [{ value: '', label: t.form.chooseOne }];
  return <NativeSelect {...shared} value={value} data={[...none, ...known]} onChange={(e) => onChange(e.currentTarget.value || undefined)} />;
}
