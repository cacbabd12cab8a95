// The first page for those who are not signed in.
import { Group, Paper, Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { DemoAccounts } from '@/features/session/components/demo-accounts';
import { SignInForm } from '@/features/session/components/sign-in-form';
import { useSpeech } from '@/lib/i18n';
import { LangSwitch } from '../lang-switch';

export default function SignInPage() {
  const { t } = useSpeech();
  const [who, setWho] = useState({ login: '', password: '' });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    document.title = `${t.session.title} – ${t.appName}`;
  }, [t]);
  const pick = (account: { login: string; password: string }) => {
    setWho({ login: account.login, password: account.password });
    setTurn(turn + 1); // a fresh form has no error of the last attempt
    requestAnimationFrame(() => document.querySelector<HTMLElement>('.sign-in button[type=submit]')?.focus());
  };
  return (
    <div className="alone">
      <header>
        <Group justify="space-between" mb="lg">
          <div>
            <Text className="brand brand-dark" component="p"><img src="/favicon.svg" alt="" width={30} height={30} />{t.appName}</Text>
            <Text c="dimmed" size="sm">{t.appPurpose}</Text>
          </div>
          <LangSwitch onLight />
        </Group>
      </header>
      <main className="sign-in-grid">
        <Paper withBorder p="lg" className="sign-in">
          <Title order={1} size="h3" mb="md">{t.session.title}</Title>
          <SignInForm key={turn} value={who} onChange={setWho} />
        </Paper>
        <DemoAccounts onPick={pick} />
      </main>
    </div>
  );
}
