// Picks data items of the service by name, and says how many are picked.
import { Button, Checkbox, Group, Text } from '@mantine/core';
import { useSpeech } from '@/lib/i18n';
import type { JsonValue } from '@/types/api';
import type { Shared } from './controls';

export function ItemsInput({ shared, value, items, titles, onChange }: {
  shared: Shared; value: JsonValue | undefined; items: string[]; titles?: Map<string, string>; onChange: (value: JsonValue | undefined) => void;
}) {
  const { t } = useSpeech();
  const picked = Array.isArray(value) ? value.filter((v): v is string => typeof v === 'string') : [];
  const offered = [...items, ...picked.filter((name) => !items.includes(name))];
  const inOrder = (names: string[]) => offered.filter((name) => names.includes(name));
  return (
    <Checkbox.Group id={shared.id} label={shared.label} description={shared.description} error={shared.error} withAsterisk={shared.withAsterisk}
      value={picked} onChange={(names) => onChange(inOrder(names))}>
      {offered.length === 0 && <Text size="sm">{t.form.noItems}</Text>}
      <div className="items-grid">
        {offered.map((name, i) => <Checkbox key={name} value={name} label={titles?.get(name) ?? name} id={`${shared.id}-${i}`} />)}
      </div>
      <Group gap="xs" mt={6}>
        <Text size="sm" fw={600} role="status">{t.form.picked(picked.length, offered.length)}</Text>
        <Button size="compact-sm" variant="subtle" onClick={() => onChange(offered)}>{t.form.pickAll}</Button>
        <Button size="compact-sm" variant="subtle" onClick={() => onChange([])}>{t.form.pickNone}</Button>
      </Group>
    </Checkbox.Group>
  );
}
