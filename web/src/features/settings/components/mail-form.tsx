// The language of page and mail, and when mail comes; one sentence says what was chosen.
import { Alert, Button, Checkbox, Group, NativeSelect, Radio, Stack, Text } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { Answer, ProblemAlert } from '@/components/ui/state';
import { useSpeech, useWordsOf } from '@/lib/i18n';
import { settings } from '@/lib/i18n/settings';
import type { Preferences } from '@/types/api';
import { usePreferences, useSavePreferences } from '../api/settings';
import { isQuietAt } from '../quiet';

type W = typeof settings.vi;
const usual = { digest: '07:30', from: '18:00', until: '07:00' };
const halfHours = Array.from({ length: 48 }, (_, i) => `${String(Math.floor(i / 2)).padStart(2, '0')}:${i % 2 ? '30' : '00'}`);

export function MailForm() {
  return <Answer query={usePreferences()}>{(saved) => <Form saved={saved} />}</Answer>;
}

function Form({ saved }: { saved: Preferences }) {
  const w = useWordsOf(settings);
  const { setLang } = useSpeech();
  const save = useSavePreferences();
  const [p, setPreferences] = useState(saved);
  const set = (part: Partial<Preferences>) => {
    save.reset();
    setPreferences({ ...p, ...part });
  };
  const isSame = p.quiet_from !== null && p.quiet_from === p.quiet_until;
  const isInQuiet = !isSame && isQuietAt(p, p.digest_at);
  const submit = (e: FormEvent) => {
    e.preventDefault();
    if (!isSame && !isInQuiet) save.mutate(p, { onSuccess: (now) => setLang(now.locale) });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md" align="flex-start">
        <Radio.Group label={w.locale} value={p.locale} onChange={(v) => set({ locale: v === 'en' ? 'en' : 'vi' })}>
          <div className="radio-row">{(['vi', 'en'] as const).map((l) => <Radio key={l} value={l} label={<span lang={l}>{w.locales[l]}</span>} />)}</div>
        </Radio.Group>
        <Radio.Group label={w.when} value={p.digest_at === null ? 'each' : 'digest'} onChange={(v) => set({ digest_at: v === 'each' ? null : usual.digest })}>
          <Stack gap="xs" mt={6}><Radio value="each" label={w.each} /><Radio value="digest" label={w.digest} /></Stack>
        </Radio.Group>
        {p.digest_at !== null && <TimeSelect label={w.digestAt} value={p.digest_at} onChange={(at) => set({ digest_at: at })} error={isInQuiet ? w.digestInQuiet : undefined} />}
        <Checkbox label={w.quiet} checked={p.quiet_from !== null}
          onChange={(e) => set(e.currentTarget.checked ? { quiet_from: usual.from, quiet_until: usual.until } : { quiet_from: null, quiet_until: null })} />
        {p.quiet_from !== null && (
          <Group gap="md" align="flex-start">
            <TimeSelect label={w.quietFrom} value={p.quiet_from} onChange={(at) => set({ quiet_from: at })} />
            <TimeSelect label={w.quietUntil} value={p.quiet_until ?? usual.until} onChange={(at) => set({ quiet_until: at })} error={isSame ? w.sameTimes : undefined} />
          </Group>
        )}
        <Checkbox label={w.daysOff} checked={p.on_days_off} onChange={(e) => set({ on_days_off: e.currentTarget.checked })} />
        <Text size="sm" role="status">{sentence(p, w)}</Text>
        {save.error && <ProblemAlert error={save.error} />}
        <div role="status">{save.isSuccess && <Alert color="green" variant="light">{w.saved}</Alert>}</div>
        <Button type="submit" loading={save.isPending}>{w.save}</Button>
      </Stack>
    </form>
  );
}

function TimeSelect({ label, value, error, onChange }: { label: string; value: string; error?: string; onChange: (at: string) => void }) {
  const data = halfHours.includes(value) ? halfHours : [...halfHours, value].sort();
  return <NativeSelect w={130} label={label} data={data} value={value} error={error} onChange={(e) => onChange(e.currentTarget.value)} />;
}

function sentence(p: Preferences, w: W): string {
  const parts = [
    p.digest_at === null ? w.sayEach : w.sayDigest(p.digest_at),
    p.quiet_from !== null && w.sayQuiet(p.quiet_from, p.quiet_until ?? ''),
    p.on_days_off ? w.sayDaysOff : w.sayNoDaysOff,
  ];
  return `${parts.filter(Boolean).join('; ')}.`;
}
