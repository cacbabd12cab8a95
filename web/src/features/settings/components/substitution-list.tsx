// Who stands in for whom: what runs and comes first, what is over below; each that may be ended has its button.
import { Badge, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { ProblemAlert } from '@/components/ui/state';
import { capital } from '@/lib/capital';
import { isoToTyped } from '@/lib/dates';
import { useSpeech, useWordsOf } from '@/lib/i18n';
import { settings } from '@/lib/i18n/settings';
import type { Substitution } from '@/types/api';
import { useEndSubstitution } from '../api/settings';

const rank = { running: 0, coming: 1, ended: 2 };
const colors = { running: 'green', coming: 'brand', ended: 'gray' };

export function SubstitutionList({ items, me, onEnded }: { items: Substitution[]; me: number; onEnded: () => void }) {
  const w = useWordsOf(settings);
  const [ending, setEnding] = useState<Substitution | null>(null);
  const sorted = [...items].sort((a, b) => rank[a.state] - rank[b.state] || (a.state === 'ended' ? b.until.localeCompare(a.until) : a.from.localeCompare(b.from)));
  const live = sorted.filter((s) => s.state !== 'ended');
  const past = sorted.filter((s) => s.state === 'ended');
  return (
    <Stack gap="sm">
      {live.length === 0 && <Text size="sm">{w.none}</Text>}
      {live.length > 0 && <ul className="plain-list" aria-label={w.running}>{live.map((s) => <Row key={s.id} one={s} me={me} onEnd={() => setEnding(s)} />)}</ul>}
      {past.length > 0 && (
        <details className="small-details">
          <summary>{w.past(past.length)}</summary>
          <ul className="plain-list">{past.map((s) => <Row key={s.id} one={s} me={me} />)}</ul>
        </details>
      )}
      {ending && <EndDialog one={ending} onClose={() => setEnding(null)} onDone={() => { setEnding(null); onEnded(); }} />}
    </Stack>
  );
}

function Row({ one: s, me, onEnd }: { one: Substitution; me: number; onEnd?: () => void }) {
  const w = useWordsOf(settings);
  const who = s.absent.id === me ? w.iAmAway(s.substitute.name) : s.substitute.id === me ? w.iStandIn(s.absent.name) : w.others(s.substitute.name, s.absent.name);
  const isByOther = s.made_by !== s.absent.name;
  return (
    <li className="line">
      <div>
        <Group gap="xs">
          <Text fw={600}>{who}</Text>
          <Badge variant="light" color={colors[s.state]} className="badge-words">{w.states[s.state]}</Badge>
        </Group>
        <Text size="sm">{capital(w.span(isoToTyped(s.from), isoToTyped(s.until)))}</Text>
        <Text size="sm" c="dimmed" className="kept-lines">{w.reason}: {s.reason}{isByOther && s.made_by && ` (${w.madeBy(s.made_by)})`}</Text>
      </div>
      {s.can_end && onEnd && <div><Button variant="default" size="sm" onClick={onEnd} aria-label={w.endOf(s.substitute.name)}>{w.end}</Button></div>}
    </li>
  );
}

function EndDialog({ one: s, onClose, onDone }: { one: Substitution; onClose: () => void; onDone: () => void }) {
  const { t } = useSpeech();
  const w = useWordsOf(settings);
  const end = useEndSubstitution();
  const text = s.state === 'running' ? w.endRunning : w.endComing;
  return (
    <Modal opened onClose={onClose} title={w.endTitle} closeButtonProps={{ 'aria-label': t.common.close }}>
      <Stack gap="md">
        <Text>{text(s.substitute.name, s.absent.name)}</Text>
        {end.error && <ProblemAlert error={end.error} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>{t.common.cancel}</Button>
          <Button color="red" loading={end.isPending} onClick={() => end.mutate(s.id, { onSuccess: onDone })}>{w.endSure}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
