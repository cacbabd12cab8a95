// Mail of the demo, newest first.
import { Button, Stack, Text } from '@mantine/core';
import { TextLink } from '@/components/ui/link';
import { Empty, Failure, Loading } from '@/components/ui/state';
import { formatDayTime } from '@/lib/dates';
import { useSpeech } from '@/lib/i18n';
import type { MailLine } from '@/types/api';
import { useDemoMails } from '../api/demo';

export function MailList({ chosen }: { chosen: number | undefined }) {
  const { t } = useSpeech();
  const mails = useDemoMails();
  if (!mails.data) return mails.error ? <Failure error={mails.error} onRetry={() => void mails.refetch()} /> : <Loading />;
  const items = mails.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <Empty title={t.demo.mailEmpty} text={t.demo.mailEmptyText} />;
  return (
    <Stack gap="sm">
      <ul className="mail-list" aria-label={t.nav.mails}>{items.map((m) => <Row key={m.id} mail={m} isChosen={m.id === chosen} />)}</ul>
      {mails.hasNextPage && <Button variant="default" loading={mails.isFetchingNextPage} onClick={() => void mails.fetchNextPage()}>{t.demo.older}</Button>}
    </Stack>
  );
}

function Row({ mail, isChosen }: { mail: MailLine; isChosen: boolean }) {
  const { t } = useSpeech();
  return (
    <li className={isChosen ? 'mail-row mail-chosen' : 'mail-row'}>
      <TextLink to="/mails" search={{ mail: mail.id }} fw={600} size="sm" aria-current={isChosen ? 'true' : undefined}>{mail.subject}</TextLink>
      <Text size="sm">{mail.to.name}</Text>
      <Text size="xs" c="dimmed">{formatDayTime(mail.at)} · {t.case.mailStates[mail.state]}</Text>
    </li>
  );
}
