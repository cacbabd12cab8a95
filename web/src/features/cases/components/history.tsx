// What happened: who, when, on whose behalf, with what data. Newest first.
import { Table, Text } from '@mantine/core';
import { fieldsOf, type Field } from '@/components/schema-form/model';
import { valueText } from '@/components/schema-form/words';
import { Facts } from '@/components/ui/facts';
import { formatDayTime } from '@/lib/dates';
import { useSpeech, type Words } from '@/lib/i18n';
import type { Case, Change, Ground, HistoryEntry, JsonValue } from '@/types/api';
import { useGrounds } from '../api/cases';

export function actorName(entry: HistoryEntry, t: Words): string {
  if (entry.kind === 'timer') return t.case.timer;
  return entry.actor?.name ?? t.case.system;
}

export function History({ case: c }: { case: Case }) {
  const grounds = useGrounds(c.workflow.id);
  const all = Object.values(grounds.data?.grounds ?? {}).flat();
  const entries = [...c.history].sort((a, b) => b.version - a.version);
  return (
    <ol className="history" reversed>
      {entries.map((e, i) => <Entry key={e.version} entry={e} before={entries[i + 1]} case={c} grounds={all} />)}
    </ol>
  );
}

function Entry({ entry, before, case: c, grounds }: { entry: HistoryEntry; before: HistoryEntry | undefined; case: Case; grounds: Ground[] }) {
  const { t, say } = useSpeech();
  const hasMoved = say(entry.to_title) !== say(before?.to_title);
  return (
    <li className="event">
      <Text fw={600}>{say(entry.title)}</Text>
      <Text size="sm"><Who entry={entry} /> · <time dateTime={entry.at}>{formatDayTime(entry.at)}</time></Text>
      {entry.to_title && hasMoved && <Text size="sm" c="dimmed">{t.case.toState(say(entry.to_title))}</Text>}
      <Data entry={entry} case={c} grounds={grounds} />
      <details className="small-details">
        <summary>{t.case.fingerprint}</summary>
        <Text size="xs" c="dimmed">{t.case.fingerprintHelp}</Text>
        <code className="hash">{entry.hash}</code>
      </details>
    </li>
  );
}

function Who({ entry }: { entry: HistoryEntry }) {
  const { t, say } = useSpeech();
  if (entry.kind !== 'person' || !entry.actor) return <>{actorName(entry, t)}</>;
  const { name, post_title: post, agency } = entry.actor;
  const as = [say(post), say(agency?.name)].filter(Boolean).join(', ');
  return <>{name}{as && ` (${as})`}{entry.on_behalf_of && `, ${t.case.onBehalf(entry.on_behalf_of)}`}</>;
}

/** What changed in the case's own form; else what the event carried. */
function Data({ entry, case: c, grounds }: { entry: HistoryEntry; case: Case; grounds: Ground[] }) {
  const { t, say } = useSpeech();
  const schema = entry.data_form === 'case' ? c.form : entry.data_form;
  const fields = new Map(schema ? fieldsOf(schema).map((f) => [f.name, f]) : []);
  if (entry.changes) return <Changes changes={entry.changes} fields={fields} />;
  const pairs = Object.entries(entry.data ?? {});
  if (pairs.length === 0) return null;
  const items = inOrder(pairs, fields).map(([name, value]): [string, string] => [
    say(fields.get(name)?.title) || (t.case.fieldNames[name] ?? name), valueText(fields.get(name), value, t, say, grounds),
  ]);
  if (entry.data_form !== 'case') return <Facts items={items} />;
  return <details className="small-details"><summary>{t.case.data}</summary><Facts items={items} /></details>;
}

function inOrder(pairs: [string, JsonValue][], fields: Map<string, Field>): [string, JsonValue][] {
  const names = [...fields.keys()];
  const place = (name: string) => (names.includes(name) ? names.indexOf(name) : names.length);
  return [...pairs].sort(([a], [b]) => place(a) - place(b));
}

function Changes({ changes, fields }: { changes: Change[]; fields: Map<string, Field> }) {
  const { t, say } = useSpeech();
  if (changes.length === 0) return <Text size="sm">{t.case.noChanges}</Text>;
  const text = (name: string, value: JsonValue | null) => valueText(fields.get(name), value ?? undefined, t, say) || t.case.nothingThere;
  return (
    <Table className="stacked changes" verticalSpacing="xs">
      <Table.Thead><Table.Tr><Table.Th>{t.case.changeOf}</Table.Th><Table.Th>{t.case.changeBefore}</Table.Th><Table.Th>{t.case.changeAfter}</Table.Th></Table.Tr></Table.Thead>
      <Table.Tbody>{changes.map((change) => (
        <Table.Tr key={change.name}>
          <Table.Td>{say(change.title)}</Table.Td>
          <Table.Td data-label={t.case.changeBefore}><del>{text(change.name, change.before)}</del></Table.Td>
          <Table.Td data-label={t.case.changeAfter}><ins>{text(change.name, change.after)}</ins></Table.Td>
        </Table.Tr>
      ))}</Table.Tbody>
    </Table>
  );
}
