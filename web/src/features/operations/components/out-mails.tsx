// Mail that did not go out or waits: why, how often it was tried, and the ways to send it again.
import { Alert, Button, Group, Modal, NativeSelect, Stack, Table, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { WarnIcon } from '@/components/ui/icons';
import { TextLink } from '@/components/ui/link';
import { ProblemAlert } from '@/components/ui/state';
import { Problem } from '@/lib/api-client';
import { capital } from '@/lib/capital';
import { formatDayTime } from '@/lib/dates';
import { useSpeech, useWordsOf } from '@/lib/i18n';
import { operations } from '@/lib/i18n/operations';
import { mailTrouble } from '@/lib/mail-trouble';
import type { OutMail } from '@/types/api';
import { useOutMails, useResendMail } from '../api/operations';
import { ListOf } from './list-of';

type State = 'failed' | 'waiting';
const address = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

export function OutMails() {
  const { t } = useSpeech();
  const w = useWordsOf(operations).mails;
  const [state, setState] = useState<State>('failed');
  const mails = useOutMails(state);
  const resend = useResendMail();
  const [done, setDone] = useState<string | null>(null);
  const [other, setOther] = useState<OutMail | null>(null);
  const away = mails.data?.pages[0]?.server_away_since;
  const isFailed = state === 'failed';
  const again = (mail: OutMail) => resend.mutate({ id: mail.id }, { onSuccess: () => setDone(mail.to.name) });
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">{isFailed ? w.lead : w.leadWaiting}</Text>
      <NativeSelect label={w.state} w={240} value={state} onChange={(e) => setState(e.currentTarget.value as State)}
        data={[{ value: 'failed', label: w.failed }, { value: 'waiting', label: w.waiting }]} />
      <div role="status">
        {done && <Alert color="green" variant="light" withCloseButton closeButtonLabel={t.common.close} onClose={() => setDone(null)}>{w.resent(done)}</Alert>}
      </div>
      {away && <Alert color="red" variant="light" icon={<WarnIcon />}>{w.away(formatDayTime(away))}</Alert>}
      {resend.error && <NotSent error={resend.error} />}
      <ListOf query={mails} count={w.count} empty={isFailed ? [w.empty, w.emptyText] : [w.emptyWaiting, w.emptyWaitingText]}>{(items) => (
        <Table className="stacked list" verticalSpacing="sm">
          <Table.Thead>
            <Table.Tr><Table.Th>{w.mail}</Table.Th><Table.Th>{w.to}</Table.Th><Table.Th>{w.reason}</Table.Th><Table.Th><span className="sr">{w.resend}</span></Table.Th></Table.Tr>
          </Table.Thead>
          <Table.Tbody>{items.map((mail) => (
            <Row key={mail.id} mail={mail} isBusy={resend.isPending && resend.variables.id === mail.id} onAgain={() => again(mail)} onOther={() => setOther(mail)} />
          ))}</Table.Tbody>
        </Table>
      )}</ListOf>
      {other && <OtherAddress mail={other} onClose={() => setOther(null)} onDone={() => { setOther(null); setDone(other.to.name); }} />}
    </Stack>
  );
}

function Row({ mail, isBusy, onAgain, onOther }: { mail: OutMail; isBusy: boolean; onAgain: () => void; onOther: () => void }) {
  const { t } = useSpeech();
  const w = useWordsOf(operations).mails;
  const next = mail.state === 'waiting' && mail.next_at ? `; ${w.next(formatDayTime(mail.next_at))}` : '';
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm" fw={600}>{mail.subject}</Text>
        {mail.case && <TextLink to="/cases/$id" params={{ id: String(mail.case.id) }} size="sm">{mail.case.number}</TextLink>}
        <Text size="xs" c="dimmed">{w.at(formatDayTime(mail.at))}</Text>
      </Table.Td>
      <Table.Td data-label={w.to}>
        <div className="cell"><Text size="sm">{mail.to.name}</Text><Text size="xs" c="dimmed" className="kept-lines">{mail.to.address}</Text></div>
      </Table.Td>
      <Table.Td data-label={w.reason}>
        <div className="cell">
          {mail.error && <Text size="sm">{capital(mailTrouble(mail.error, t))}</Text>}
          {mail.error ? <code className="error-text">{mail.error}</code> : mail.state === 'failed' && <Text size="sm">{w.noReason}</Text>}
          <Text size="xs" c="dimmed">{w.tries(mail.attempts)}{next}</Text>
        </div>
      </Table.Td>
      <Table.Td>{mail.state === 'failed' && (
        <Group gap="xs">
          <Button variant="default" size="sm" loading={isBusy} onClick={onAgain} aria-label={w.resendOf(mail.subject, mail.to.name)}>{w.resend}</Button>
          <Button variant="default" size="sm" onClick={onOther} aria-label={w.otherOf(mail.subject, mail.to.name)}>{w.other}</Button>
        </Group>
      )}</Table.Td>
    </Table.Tr>
  );
}

function NotSent({ error }: { error: Error }) {
  const w = useWordsOf(operations).mails;
  const isBeingSent = error instanceof Problem && error.code === 'being-sent';
  return isBeingSent ? <Alert color="orange" variant="light" role="alert">{w.beingSent}</Alert> : <ProblemAlert error={error} />;
}

function OtherAddress({ mail, onClose, onDone }: { mail: OutMail; onClose: () => void; onDone: () => void }) {
  const { t } = useSpeech();
  const w = useWordsOf(operations).mails;
  const resend = useResendMail();
  const [to, setTo] = useState(mail.to.address);
  const [isWrong, setWrong] = useState(false);
  const submit = (e: FormEvent) => {
    e.preventDefault();
    if (!address.test(to.trim())) return setWrong(true);
    resend.mutate({ id: mail.id, address: to.trim() }, { onSuccess: onDone });
  };
  return (
    <Modal opened onClose={onClose} title={w.other} closeButtonProps={{ 'aria-label': t.common.close }}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Text size="sm">{mail.subject}</Text>
          <TextInput type="email" label={w.address} description={w.otherText(mail.to.name)} value={to} maxLength={254} withAsterisk data-autofocus autoComplete="off"
            error={isWrong ? w.wrongAddress : undefined} onChange={(e) => { setWrong(false); setTo(e.currentTarget.value); }} />
          {resend.error && <NotSent error={resend.error} />}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>{t.common.cancel}</Button>
            <Button type="submit" loading={resend.isPending}>{w.resend}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
