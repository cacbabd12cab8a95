// Timers that could not run, each with its error and a button to run it now.
import { Alert, Button, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { ProblemAlert } from '@/components/ui/state';
import { formatDayTime } from '@/lib/dates';
import { useSpeech, useWordsOf } from '@/lib/i18n';
import { operations } from '@/lib/i18n/operations';
import type { Incident } from '@/types/api';
import { useIncidents, useRetryIncident } from '../api/operations';
import { CaseLink } from './case-link';
import { ListOf } from './list-of';

export function Incidents() {
  const { t, say } = useSpeech();
  const w = useWordsOf(operations).incidents;
  const incidents = useIncidents();
  const retry = useRetryIncident();
  const [done, setDone] = useState<string | null>(null);
  const run = (one: Incident) => retry.mutate(one.id, { onSuccess: () => setDone(say(one.what)) });
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">{w.lead}</Text>
      <div role="status">
        {done && <Alert color="green" variant="light" withCloseButton closeButtonLabel={t.common.close} onClose={() => setDone(null)}>{w.retried(done)}</Alert>}
      </div>
      {retry.error && <ProblemAlert error={retry.error} />}
      <ListOf query={incidents} count={w.count} empty={[w.empty, w.emptyText]}>{(items) => (
        <Table className="stacked list" verticalSpacing="sm">
          <Table.Thead>
            <Table.Tr><Table.Th>{w.what}</Table.Th><Table.Th>{w.error}</Table.Th><Table.Th>{w.due}</Table.Th><Table.Th>{w.tries}</Table.Th><Table.Th><span className="sr">{w.retry}</span></Table.Th></Table.Tr>
          </Table.Thead>
          <Table.Tbody>{items.map((one) => <Row key={one.id} one={one} isBusy={retry.isPending && retry.variables === one.id} onRetry={() => run(one)} />)}</Table.Tbody>
        </Table>
      )}</ListOf>
    </Stack>
  );
}

function Row({ one, isBusy, onRetry }: { one: Incident; isBusy: boolean; onRetry: () => void }) {
  const { say } = useSpeech();
  const w = useWordsOf(operations).incidents;
  return (
    <Table.Tr>
      <Table.Td><Text size="sm" fw={600}>{say(one.what)}</Text><CaseLink of={one.case} /></Table.Td>
      <Table.Td data-label={w.error}><code className="error-text">{one.error}</code></Table.Td>
      <Table.Td data-label={w.due}><Text size="sm">{formatDayTime(one.due_at)}</Text></Table.Td>
      <Table.Td data-label={w.tries}>
        <div className="cell">
          <Text size="sm">{one.attempts}, {w.since(formatDayTime(one.since))}</Text>
          <Text size="xs" c="dimmed">{one.next_at ? w.next(formatDayTime(one.next_at)) : w.now}</Text>
        </div>
      </Table.Td>
      <Table.Td><Button variant="default" size="sm" loading={isBusy} onClick={onRetry} aria-label={w.retryOf(`${say(one.what)}, ${one.case.number}`)}>{w.retry}</Button></Table.Td>
    </Table.Tr>
  );
}
