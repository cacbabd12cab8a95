// One mail. Its HTML may run nothing and load nothing: it lies in a sandboxed frame.
import { Paper, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { Facts } from '@/components/ui/facts';
import { TextLink } from '@/components/ui/link';
import { Answer } from '@/components/ui/state';
import { formatDayTime } from '@/lib/dates';
import { useSpeech } from '@/lib/i18n';
import type { Mail } from '@/types/api';
import { useDemoMail } from '../api/demo';

export function MailView({ id }: { id: number | undefined }) {
  const { t } = useSpeech();
  const mail = useDemoMail(id);
  if (id === undefined) return <Paper withBorder className="section"><Text c="dimmed">{t.demo.pickMail}</Text></Paper>;
  return <Answer query={mail}>{(data) => <Letter mail={data} />}</Answer>;
}

function Letter({ mail }: { mail: Mail }) {
  const { t } = useSpeech();
  const [form, setForm] = useState('text');
  return (
    <Paper withBorder className="section" component="article">
      <Stack gap="sm">
        <Title order={2} size="h4">{mail.subject}</Title>
        <Facts items={[
          [t.demo.to, `${mail.to.name} <${mail.to.address}>`], [t.demo.at, formatDayTime(mail.sent_at ?? mail.at)], [t.demo.state, t.case.mailStates[mail.state]],
          [t.demo.case, mail.case && <TextLink key="c" to="/cases/$id" params={{ id: String(mail.case.id) }}>{mail.case.number}</TextLink>],
        ]} />
        {mail.html && (
          <SegmentedControl value={form} onChange={setForm} aria-label={t.demo.mailBody} data={[{ value: 'text', label: t.demo.text }, { value: 'html', label: t.demo.html }]} />
        )}
        {form === 'html' && mail.html
          ? <iframe sandbox="" srcDoc={mail.html} title={t.demo.mailBody} className="mail-frame" />
          : <pre className="mail-text">{mail.text}</pre>}
      </Stack>
    </Paper>
  );
}
