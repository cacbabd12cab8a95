// A date typed as dd/MM/yyyy, or picked from the browser's calendar. Kept as yyyy-MM-dd.
import { ActionIcon, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { CalendarIcon } from '@/components/ui/icons';
import { isoToTyped, isRealDay, typedToIso } from '@/lib/dates';
import { useSpeech } from '@/lib/i18n';
import type { Shared } from './controls';

export function DateInput({ shared, value, onChange }: { shared: Shared; value: string; onChange: (value: string | undefined) => void }) {
  const { t } = useSpeech();
  const [typed, setTyped] = useState(isoToTyped(value));
  const picker = useRef<HTMLInputElement>(null);
  const shown = typedToIso(typed) === value ? typed : isoToTyped(value);
  const take = (text: string) => {
    setTyped(text);
    onChange(text.trim() === '' ? undefined : typedToIso(text));
  };
  return (
    <div className="date-input">
      <TextInput {...shared} value={shown} onChange={(e) => take(e.currentTarget.value)} onBlur={() => setTyped(isoToTyped(value))}
        placeholder="dd/MM/yyyy" inputMode="numeric" maxLength={10}
        rightSection={
          <ActionIcon variant="subtle" aria-label={`${t.form.pickDate}: ${shared.label}`} onClick={() => picker.current?.showPicker()}>
            <CalendarIcon />
          </ActionIcon>
        } />
      <input ref={picker} type="date" className="date-picker" tabIndex={-1} aria-hidden="true" value={isRealDay(value) ? value : ''}
        onChange={(e) => take(isoToTyped(e.currentTarget.value))} />
    </div>
  );
}
