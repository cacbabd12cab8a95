// My deadlines for calendar programs: a secret address, shown once, renewed and revoked here.
import { Alert, Anchor, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { WarnIcon } from '@/components/ui/icons';
import { Section } from '@/components/ui/section';
import { Answer, Loading, ProblemAlert } from '@/components/ui/state';
import { formatDayTime } from '@/lib/dates';
import { useWordsOf } from '@/lib/i18n';
import { feedWords } from '@/lib/i18n/feed';
import type { Feed } from '@/types/api';
import { useEndFeed, useFeed, useMakeFeed } from '../api/feed';

export function FeedSection() {
  const t = useWordsOf(feedWords);
  const feed = useFeed();
  return (
    <Section title={t.title}>
      <Stack gap="sm">
        <Text size="sm">{t.lead}</Text>
        <Answer query={feed} loading={<Loading rows={1} />}>{(data) => <Address feed={data} />}</Answer>
      </Stack>
    </Section>
  );
}

function Address({ feed }: { feed: Feed }) {
  const t = useWordsOf(feedWords);
  const make = useMakeFeed();
  const end = useEndFeed();
  const url = feed.is_on ? make.data?.url : undefined;
  const error = make.error ?? end.error;
  const renew = () => { if (!feed.is_on || window.confirm(t.renewSure)) make.mutate(); };
  const revoke = () => { if (window.confirm(t.revokeSure)) end.mutate(); };
  return (
    <>
      <Text size="sm" fw={600} role="status">
        {url ? t.once : feed.made_at ? t.on(formatDayTime(feed.made_at)) : end.isSuccess ? t.revoked : t.off}
      </Text>
      {url && <NewAddress url={url} key={url} />}
      <Alert color="yellow" variant="light" icon={<WarnIcon />} className="feed-warning">{t.warning}</Alert>
      {error && <ProblemAlert error={error} />}
      <Group gap="sm">
        <Button variant={feed.is_on ? 'default' : 'filled'} loading={make.isPending} onClick={renew}>{feed.is_on ? t.renew : t.make}</Button>
        {feed.is_on && <Button variant="subtle" color="red" loading={end.isPending} onClick={revoke}>{t.revoke}</Button>}
      </Group>
    </>
  );
}

function NewAddress({ url }: { url: string }) {
  const t = useWordsOf(feedWords);
  const field = useRef<HTMLInputElement>(null);
  const [isCopied, setCopied] = useState(false);
  const copy = async () => setCopied(await copyFrom(field.current!));
  return (
    <Stack gap={6}>
      <div className="feed-address">
        <TextInput ref={field} label={t.address} value={url} readOnly spellCheck={false} onFocus={(e) => e.currentTarget.select()} />
        <Button onClick={() => void copy()}>{isCopied ? t.copied : t.copy}</Button>
      </div>
      <Anchor size="sm" href={url.replace(/^https?:/, 'webcal:')} className="feed-open">{t.open}</Anchor>
    </Stack>
  );
}

/** On plain http there is no clipboard of the browser: what is selected is copied as by hand. */
async function copyFrom(field: HTMLInputElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    field.select();
    return document.execCommand('copy');
  }
}
