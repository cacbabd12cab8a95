// Due dates that would be others under the calendars of today: first looked at, then recomputed, with a reason.
import { Alert, Button, Group, Modal, Stack, Table, Text, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, type FormEvent } from 'react';
import { ProblemAlert } from '@/components/ui/state';
import { formatDayTime, formatDue } from '@/lib/dates';
import { useSpeech, useWordsOf } from '@/lib/i18n';
import { operations } from '@/lib/i18n/operations';
import type { Moved, Recomputation } from '@/types/api';
import { useMovedDates, useRecomputation, useRecompute } from '../api/operations';
import { CaseLink } from './case-link';
import { ListOf } from './list-of';

const shortestWhy = 10;

export function MovedDates() {
  const w = useWordsOf(operations).dates;
  const client = useQueryClient();
  const moved = useMovedDates();
  const [id, setId] = useState<number | null>(null);
  const run = useRecomputation(id);
  const total = moved.data?.pages[0]?.total ?? 0;
  const isRunning = id !== null && !run.data?.finished_at && !run.error;
  useEffect(() => {
    if (run.data?.finished_at) void client.invalidateQueries({ predicate: (q) => q.queryKey[0] === 'operations' || q.queryKey[0] === 'case' || q.queryKey[0] === 'inbox' });
  }, [client, run.data?.finished_at]);
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">{w.lead}</Text>
      <div role="status">{id !== null && !run.error && <Progress run={run.data} />}</div>
      {run.error && <ProblemAlert error={run.error} />}
      {!isRunning && (
        <ListOf query={moved} count={w.count} empty={[w.empty, w.emptyText]}>{(items) => <List items={items} />}</ListOf>
      )}
      {!isRunning && total > 0 && <RunForm total={total} onStarted={setId} />}
    </Stack>
  );
}

function Progress({ run }: { run: Recomputation | undefined }) {
  const w = useWordsOf(operations).dates;
  if (!run) return <Alert color="brand" variant="light">{w.started}</Alert>;
  if (!run.finished_at) return <Alert color="brand" variant="light">{w.running(run.cases, run.moved)}</Alert>;
  return (
    <Alert color={run.failed + run.needs_person > 0 ? 'orange' : 'green'} variant="light" title={w.finished(run.cases, run.moved)}>
      {run.needs_person > 0 && <Text size="sm">{w.persons(run.needs_person)}</Text>}
      {run.failed > 0 && <Text size="sm">{w.failed(run.failed)}</Text>}
      <Text size="sm">{run.why} ({w.by(run.by, formatDayTime(run.finished_at))})</Text>
    </Alert>
  );
}

function List({ items }: { items: Moved[] }) {
  const o = useWordsOf(operations);
  const w = o.dates;
  return (
    <Table className="stacked list" verticalSpacing="sm">
      <Table.Thead><Table.Tr><Table.Th>{o.case}</Table.Th><Table.Th>{w.term}</Table.Th><Table.Th>{w.before}</Table.Th><Table.Th>{w.after}</Table.Th></Table.Tr></Table.Thead>
      <Table.Tbody>{items.map((m) => <Rows key={m.case.id} moved={m} />)}</Table.Tbody>
    </Table>
  );
}

function Rows({ moved: m }: { moved: Moved }) {
  const { t, say } = useSpeech();
  const w = useWordsOf(operations).dates;
  const day = (at: string | null, left: number | undefined) => (at ? formatDue(at, t) : left === undefined ? w.gone : w.left(left));
  const name = <Table.Td rowSpan={m.terms.length + (m.needs_person ? 1 : 0)}><CaseLink of={m.case} /></Table.Td>;
  return (
    <>
      {m.terms.map((term, i) => (
        <Table.Tr key={term.term}>
          {i === 0 && name}
          <Table.Td data-label={w.term}><Text size="sm">{say(term.title)}</Text></Table.Td>
          <Table.Td data-label={w.before}><Text size="sm">{day(term.before, term.left?.before)}</Text></Table.Td>
          <Table.Td data-label={w.after}><Text size="sm" fw={600}>{day(term.after, term.left?.after)}</Text></Table.Td>
        </Table.Tr>
      ))}
      {m.needs_person && (
        <Table.Tr>
          {m.terms.length === 0 && name}
          <Table.Td colSpan={3}><Text size="sm" className="due-soon">{w.person}</Text><code className="error-text">{m.needs_person}</code></Table.Td>
        </Table.Tr>
      )}
    </>
  );
}

function RunForm({ total, onStarted }: { total: number; onStarted: (id: number) => void }) {
  const w = useWordsOf(operations).dates;
  const [why, setWhy] = useState('');
  const [isShort, setShort] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const submit = (e: FormEvent) => {
    e.preventDefault();
    const isEnough = why.trim().length >= shortestWhy;
    setShort(!isEnough);
    setAsking(isEnough);
  };
  return (
    <form onSubmit={submit} noValidate className="action-bar">
      <Textarea label={w.why} description={w.whyHelp} withAsterisk autosize minRows={2} maxLength={400} value={why} error={isShort ? w.needWhy : undefined}
        onChange={(e) => { setShort(false); setWhy(e.currentTarget.value); }} />
      <div><Button type="submit">{w.run}</Button></div>
      {isAsking && <SureDialog why={why.trim()} total={total} onClose={() => setAsking(false)} onStarted={onStarted} />}
    </form>
  );
}

function SureDialog({ why, total, onClose, onStarted }: { why: string; total: number; onClose: () => void; onStarted: (id: number) => void }) {
  const { t } = useSpeech();
  const w = useWordsOf(operations).dates;
  const recompute = useRecompute();
  return (
    <Modal opened onClose={onClose} title={w.sureTitle} closeButtonProps={{ 'aria-label': t.common.close }}>
      <Stack gap="md">
        <Text>{w.sure(total)}</Text>
        <Text size="sm">{w.why}: {why}</Text>
        {recompute.error && <ProblemAlert error={recompute.error} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>{t.common.cancel}</Button>
          <Button loading={recompute.isPending} onClick={() => recompute.mutate(why, { onSuccess: ({ id }) => onStarted(id) })}>{w.run}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
