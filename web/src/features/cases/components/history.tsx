// What happened: who, when, on whose behalf, with what data. Newest first.
import { Text } from '@mantine/core';
import { fieldsOf } from '@/components/schema-form/model';
import { valueText } from '@/components/schema-form/words';
import { Facts } from '@/components/ui/facts';
import { formatDayTime } from '@/lib/dates';
import { useSpeech, type Words } from '@/lib/i18n';
import type { Case, Ground, HistoryEntry } from '@/types/api';
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

function Data({ entry, case: c, grounds }: { entry: HistoryEntry; case: Case; grounds: Ground[] }) {
  const { t, say } = useSpeech();
  const fields = new Map(fieldsOf(c.form).map((f) => [f.name, f]));
  const pairs = Object.entries(entry.data ?? {});
  if (pairs.length === 0) return null;
  const isWholeRequest = pairs.length > 4 && pairs.every(([name]) => fields.has(name));
  const items = pairs.map(([name, value]): [string, string] => {
    const text = valueText(isWholeRequest ? fields.get(name) : undefined, value, t, say, grounds);
    return [isWholeRequest ? say(fields.get(name)?.title) : (t.case.fieldNames[name] ?? (say(fields.get(name)?.title) || name)), t.case.fieldValues[text] ?? text];
  });
  if (!isWholeRequest) return <Facts items={items} />;
  return <details className="small-details"><summary>{t.case.data}</summary><Facts items={items} /></details>;
}
