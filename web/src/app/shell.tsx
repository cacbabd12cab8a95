// The frame of every page: who is signed in, where one can go, what time the demo has.
import { AppShell, Burger, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Outlet, useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';
import { Failure, Loading } from '@/components/ui/state';
import { ClockBanner } from '@/features/demo/components/clock';
import { useInbox } from '@/features/inbox/api/inbox';
import { useOperations } from '@/features/operations/api/operations';
import { useSession } from '@/features/session/api/session';
import { AccountMenu } from '@/features/session/components/account-menu';
import { SessionEndDialog } from '@/features/session/components/session-end-dialog';
import { useLiveUpdates } from '@/features/stream/use-live-updates';
import { useSpeech } from '@/lib/i18n';
import type { Session } from '@/types/api';
import { LangSwitch } from './lang-switch';
import { Navigation } from './navigation';
import SignInPage from './routes/sign-in-page';

export function Shell() {
  const session = useSession();
  if (session.data) return <SignedIn session={session.data} key={session.data.person.id} />;
  if (session.data === null) return <SignInPage />;
  return <main className="alone">{session.error ? <Failure error={session.error} onRetry={() => void session.refetch()} /> : <Loading rows={3} />}</main>;
}

function SignedIn({ session }: { session: Session }) {
  const { t } = useSpeech();
  const [isOpen, menu] = useDisclosure(false);
  const isDown = useLiveUpdates();
  const inbox = useInbox();
  const operations = useOperations(session.operates).data;
  const path = useLocation({ select: (l) => l.pathname });
  useEffect(menu.close, [path]); // eslint-disable-line -- menu's functions are stable
  const first = inbox.data?.pages[0];
  const troubles = Object.values(operations ?? {}).reduce((sum: number, n: number | null) => sum + (n ?? 0), 0);
  return (
    <>
      <a href="#main" className="skip">{t.common.skip}</a>
      <AppShell header={{ height: 56 }} navbar={{ width: 216, breakpoint: 'sm', collapsed: { mobile: !isOpen } }} padding={0}>
        <AppShell.Header className="header">
          <Group h="100%" px="md" justify="space-between" wrap="nowrap" gap="xs">
            <Group gap="sm" wrap="nowrap">
              <Burger opened={isOpen} onClick={menu.toggle} hiddenFrom="sm" size="sm" color="white" aria-label={t.common.menu} aria-expanded={isOpen} />
              <Text className="brand" component="span"><img src="/favicon.svg" alt="" width={26} height={26} />{t.appName}</Text>
            </Group>
            <Group gap="xs" wrap="nowrap"><LangSwitch /><AccountMenu session={session} /></Group>
          </Group>
        </AppShell.Header>
        <AppShell.Navbar p="xs"><Navigation isDemo={session.is_demo} tasks={first?.total ?? 0} overdue={first?.overdue ?? 0} troubles={session.operates ? troubles : null} /></AppShell.Navbar>
        <AppShell.Main id="main" tabIndex={-1}>
          {session.is_demo && <ClockBanner />}
          <div role="status">{isDown && <div className="down">{t.common.reconnecting}</div>}</div>
          <div className="content"><Outlet /></div>
        </AppShell.Main>
      </AppShell>
      <SessionEndDialog session={session} />
    </>
  );
}

