// Two windows wrote the same draft: both versions beside each other, and a choice.
import { Alert, Button, Group, Stack, Table, Text } from '@mantine/core';
import { fieldsOf, differences } from '@/components/schema-form/model';
import { valueText } from '@/components/schema-form/words';
import { WarnIcon } from '@/components/ui/icons';
import { useSpeech } from '@/lib/i18n';
import type { Draft, FormSchema, Values } from '@/types/api';

export function Conflict({ schema, mine, theirs, onKeepMine, onTakeTheirs }: {
  schema: FormSchema; mine: Values; theirs: Draft; onKeepMine: () => void; onTakeTheirs: () => void;
}) {
  const { t, say } = useSpeech();
  const r = t.request;
  const fields = new Map(fieldsOf(schema).map((f) => [f.name, f]));
  const different = differences(schema, mine, theirs.fields);
  const show = (name: string, value: Values[string] | undefined) => valueText(fields.get(name), value, t, say) || '–';
  return (
    <Alert color="orange" variant="light" icon={<WarnIcon />} title={r.conflictTitle} role="alert">
      <Stack gap="sm">
        <Text size="sm">{r.conflictText}</Text>
        {different.length === 0 ? <Text size="sm">{r.conflictSame}</Text> : (
          <Table className="stacked" withTableBorder bg="white">
            <Table.Thead>
              <Table.Tr><Table.Th>{r.conflictField}</Table.Th><Table.Th>{r.conflictMine}</Table.Th><Table.Th>{r.conflictTheirs}</Table.Th></Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {different.map((d) => (
                <Table.Tr key={d.name}>
                  <Table.Td fw={600}>{say(fields.get(d.name)?.title)}</Table.Td>
                  <Table.Td data-label={r.conflictMine} className="kept-lines">{show(d.name, d.mine)}</Table.Td>
                  <Table.Td data-label={r.conflictTheirs} className="kept-lines">{show(d.name, d.theirs)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
        <Group gap="sm">
          <Button size="sm" onClick={onKeepMine}>{r.keepMine}</Button>
          <Button size="sm" variant="default" onClick={onTakeTheirs}>{r.takeTheirs}</Button>
        </Group>
      </Stack>
    </Alert>
  );
}
