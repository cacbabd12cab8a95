// What happened: who, when, on whose behalf, with what data. Newest first.
import { Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { fieldsOf, type Field } from '@/components/schema-form/model';
import { valueText, type Names } from '@/components/schema-form/words';
import { Facts } from '@/components/ui/facts';
import { TextLink } from '@/components/ui/link';
import { useAgencyNames } from '@/lib/agencies';
import { formatDayTime } from '@/lib/dates';
import { useSpeech, type Words } from '@/lib/i18n';
import type { Case, Change, HistoryEntry, JsonValue, Values } from '@/types/api';
import { useGrounds } from '../api/cases';
import { FieldValue } from './field-value';

export function actorName(entry: HistoryEntry, t: Words): string {
  if (entry.kind === 'timer') return t.case.timer;
  return entry.actor?.name ?? t.case.system;
}

export function History({ case: c }: { case: Case }) {
  const grounds = useGrounds(c.workflow.id);
  const names: Names = { grounds: Object.values(grounds.data?.grounds ?? {}).flat(), agencies: useAgencyNames() };
  const entries = [...c.history].sort((a, b) => b.version - a.version);
  return (
    <ol className="history" reversed>
      {entries.map((e, i) => <Entry key={e.version} entry={e} before={entries[i + 1]} case={c} names={names} />)}
    </ol>
  );
}

function Entry({ entry, before, case: c, names }: { entry: HistoryEntry; before: HistoryEntry | undefined; case: Case; names: Names }) {
  const { t, say } = useSpeech();
  const hasMoved = say(entry.to_title) !== say(before?.to_title);
  return (
    <li className="event">
      <Text fw={600}>{say(entry.title)}</Text>
      <Text size="sm"><Who entry={entry} /> · <time dateTime={entry.at}>{formatDayTime(entry.at)}</time></Text>
      {entry.to_title && hasMoved && <Text size="sm" c="dimmed">{t.case.toState(say(entry.to_title))}</Text>}
      <Data entry={entry} case={c} names={names} />
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
  const own = say(entry.own_post_title);
  return <>{name}{as && ` (${as}${own && `; ${t.case.ownPost(own)}`})`}{entry.on_behalf_of && `, ${t.case.onBehalf(entry.on_behalf_of)}`}</>;
}

/** What changed in a form that was sent again; what another case said; else what the event carried. */
function Data({ entry, case: c, names }: { entry: HistoryEntry; case: Case; names: Names }) {
  const { t, say } = useSpeech();
  const schema = entry.data_form === 'case' ? c.form : entry.data_form;
  const fields = new Map(schema ? fieldsOf(schema).map((f) => [f.name, f]) : []);
  if (entry.changes) return <Changes changes={entry.changes} fields={fields} names={names} />;
  if (entry.kind === 'system' && !schema) return <Told data={entry.data ?? {}} case={c} names={names} />;
  const pairs = Object.entries(entry.data ?? {});
  if (pairs.length === 0) return null;
  const items = inOrder(pairs, fields).map(([name, value]): [string, ReactNode] => [
    say(fields.get(name)?.title) || (t.case.fieldNames[name] ?? name),
    Array.isArray(value) ? <FieldValue key="v" field={fields.get(name)} value={value} names={names} /> : valueText(fields.get(name), value, t, say, names),
  ]);
  if (entry.data_form !== 'case') return <Facts items={items} />;
  return <details className="small-details"><summary>{t.case.data}</summary><Facts items={items} /></details>;
}

/** Of what another case says, what people read: which case and agency, and its words. */
function Told({ data, case: c, names }: { data: Values; case: Case; names: Names }) {
  const { t, say } = useSpeech();
  const other = [c.links.parent, c.links.about, ...c.links.children, ...c.links.about_this].find((line) => line?.number === data.case);
  const items: [string, ReactNode][] = [
    [t.case.linkCase, other ? <TextLink key="c" to="/cases/$id" params={{ id: String(other.id) }}>{other.number} – {other.title}</TextLink> : valueText(undefined, data.case, t, say)],
    [t.case.linkAgency, valueText(undefined, data.agency, t, say, names)],
    ...['report', 'reason', 'answer', 'note'].map((name): [string, string] => [t.case.fieldNames[name] ?? name, valueText(undefined, data[name], t, say, names)]),
  ];
  return items.some(([, value]) => value) ? <Facts items={items} /> : null;
}

function inOrder(pairs: [string, JsonValue][], fields: Map<string, Field>): [string, JsonValue][] {
  const order = [...fields.keys()];
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  return [...pairs].sort(([a], [b]) => place(a) - place(b));
}

function Changes({ changes, fields, names }: { changes: Change[]; fields: Map<string, Field>; names: Names }) {
  const { t, say } = useSpeech();
  if (changes.length === 0) return <Text size="sm">{t.case.noChanges}</Text>;
  const text = (name: string, value: JsonValue | null) => valueText(fields.get(name), value ?? undefined, t, say, names) || t.case.nothingThere;
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
