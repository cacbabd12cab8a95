// The people of the demo: one press fills in the form.
import { Button, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { SearchIcon } from '@/components/ui/icons';
import { fold } from '@/lib/fold';
import { useSpeech } from '@/lib/i18n';
import type { Agency, DemoAccount, Title as TitleText } from '@/types/api';
import { useDemoAccounts } from '../api/demo-accounts';

export function DemoAccounts({ onPick }: { onPick: (account: DemoAccount) => void }) {
  const { t, say } = useSpeech();
  const [text, setText] = useState('');
  const [picked, setPicked] = useState<string | null>(null);
  const accounts = useDemoAccounts();
  if (!accounts.data) return null;
  const words = (value: string | TitleText | Agency) => (typeof value === 'string' ? value : say('name' in value ? value.name : value));
  const rows = accounts.data.items
    .map((account) => ({ account, post: words(account.post), agency: words(account.agency) }))
    .filter((r) => fold(`${r.account.name} ${r.account.login} ${r.post} ${r.agency}`).includes(fold(text)));
  const pick = (account: DemoAccount) => {
    setPicked(account.name);
    onPick(account);
  };
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">{t.session.demoTitle}</Title>
      <Text size="sm" c="dimmed">{t.session.demoHelp}</Text>
      <TextInput label={t.session.demoSearch} leftSection={<SearchIcon />} value={text} onChange={(e) => setText(e.currentTarget.value)} />
      <Text size="sm" role="status">{picked ? t.session.filled(picked) : ''}</Text>
      <div className="account-list" tabIndex={0} role="region" aria-label={t.session.demoTitle}>
        <Table verticalSpacing={6} className="stacked">
          <Table.Thead>
            <Table.Tr><Table.Th>{t.session.person}</Table.Th><Table.Th>{t.session.post}</Table.Th><Table.Th>{t.session.agency}</Table.Th><Table.Th><span className="sr">{t.session.use}</span></Table.Th></Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ account, post, agency }) => (
              <Table.Tr key={account.login}>
                <Table.Td fw={600}>{account.name}</Table.Td>
                <Table.Td data-label={t.session.post}>{post}</Table.Td>
                <Table.Td data-label={t.session.agency}>{agency}</Table.Td>
                <Table.Td><Button size="compact-sm" variant="default" aria-label={t.session.useOf(account.name)} onClick={() => pick(account)}>{t.session.use}</Button></Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        {rows.length === 0 && <Text size="sm" p="sm">{t.session.demoNone}</Text>}
      </div>
    </Stack>
  );
}
