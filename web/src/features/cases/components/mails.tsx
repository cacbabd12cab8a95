// Mail that this case has sent, and whether it went out.
import { Button, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { CheckIcon, ClockIcon, WarnIcon } from '@/components/ui/icons';
import { TextLink } from '@/components/ui/link';
import { formatDayTime } from '@/lib/dates';
import { useSpeech } from '@/lib/i18n';
import { mailTrouble } from '@/lib/mail-trouble';
import type { CaseMail, MailState } from '@/types/api';

const firstFew = 8;

export function Mails({ mails, isDemo }: { mails: CaseMail[]; isDemo: boolean }) {
  const { t } = useSpeech();
  const [isAll, setAll] = useState(false);
  const newest = [...mails].sort((a, b) => b.id - a.id);
  if (mails.length === 0) return <Text size="sm">{t.case.noMails}</Text>;
  return (
    <>
      <Table className="stacked">
        <Table.Thead>
          <Table.Tr><Table.Th>{t.demo.subject}</Table.Th><Table.Th>{t.demo.to}</Table.Th><Table.Th>{t.demo.at}</Table.Th><Table.Th>{t.demo.state}</Table.Th></Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {newest.slice(0, isAll ? undefined : firstFew).map((mail) => (
            <Table.Tr key={mail.id}>
              <Table.Td>{isDemo ? <TextLink to="/mails" search={{ mail: mail.id }} size="sm">{mail.subject}</TextLink> : mail.subject}</Table.Td>
              <Table.Td data-label={t.demo.to}>{mail.to}</Table.Td>
              <Table.Td data-label={t.demo.at}>{formatDayTime(mail.at)}</Table.Td>
              <Table.Td data-label={t.demo.state}><div className="cell"><MailMark state={mail.state} /><Trouble mail={mail} /></div></Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {!isAll && mails.length > firstFew && (
        <Button variant="subtle" size="compact-sm" mt="xs" onClick={() => setAll(true)}>{t.case.allMails(mails.length)}</Button>
      )}
    </>
  );
}

/** Why it has not arrived, for those who wait for an answer. */
function Trouble({ mail }: { mail: CaseMail }) {
  const { t } = useSpeech();
  if (mail.state === 'sent' || !mail.error) return null;
  return <Text size="xs" c="dimmed">{[mailTrouble(mail.error, t), mail.attempts && t.case.mailTries(mail.attempts)].filter(Boolean).join(', ')}</Text>;
}

export function MailMark({ state }: { state: MailState }) {
  const { t } = useSpeech();
  const icon = { waiting: <ClockIcon size={15} />, sent: <CheckIcon size={15} />, failed: <WarnIcon size={15} /> }[state];
  return <span className={state === 'failed' ? 'mark due-late' : 'mark'}>{icon}{t.case.mailStates[state]}</span>;
}
