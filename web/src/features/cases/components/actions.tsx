// What this person may do now: exactly what the server offers, each with its form and confirmation.
import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useSpeech } from '@/lib/i18n';
import type { Action, Case, Holding } from '@/types/api';
import { agencyName } from '../agency-name';
import { ActionDialog } from './action-dialog';

interface Props {
  case: Case;
  serviceItems: string[];
  onDone: (title: string) => void;
}

export function Actions({ case: c, serviceItems, onDone }: Props) {
  const { t, say } = useSpeech();
  const [open, setOpen] = useState<{ action: Action; version: number } | null>(null);
  const waiting = c.tasks.map((task) => `${say(task.post_title)} ${say(agencyName(c, task.agency))}`);
  const asText = (as: Holding) => [t.case.as(say(as.title), say(agencyName(c, as.agency))), as.on_behalf_of && t.case.onBehalf(as.on_behalf_of), as.is_vacant && t.session.vacant].filter(Boolean).join(', ');
  const done = (title: string) => {
    setOpen(null);
    onDone(title);
  };
  return (
    <>
      {c.can.length === 0 && <Text>{c.is_open ? t.case.nothingOpen : t.case.nothingClosed}</Text>}
      {c.can.length === 0 && waiting.length > 0 && <Text c="dimmed" size="sm">{t.case.waitFor([...new Set(waiting)].join('; '))}</Text>}
      <Group gap="sm">{inOrder(c.can).map((action) => (
        <Button key={action.type} {...looksOf(action)} onClick={() => setOpen({ action, version: c.version })}>{say(action.title)}</Button>
      ))}</Group>
      {c.can.length > 0 && <Text size="sm" c="dimmed" mt="xs">{[...new Set(c.can.map((a) => asText(a.as)))].join('; ')}</Text>}
      {open && <ActionDialog case={c} action={open.action} version={open.version} serviceItems={serviceItems} onClose={() => setOpen(null)} onDone={done} />}
    </>
  );
}

/** The usual next step first, what ends the case last. */
function inOrder(can: Action[]): Action[] {
  const rank = (a: Action) => (a.tone === 'primary' ? 0 : a.tone === 'danger' ? 2 : 1);
  return [...can].sort((a, b) => rank(a) - rank(b));
}

export function looksOf(action: Action) {
  if (action.tone === 'danger') return { variant: 'outline', color: 'red' };
  return action.tone === 'primary' ? { variant: 'filled' } : { variant: 'default' };
}
