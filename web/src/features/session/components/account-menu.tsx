// Who I am, which posts I hold, and the way out.
import { Button, Menu, Text } from '@mantine/core';
import { PersonIcon } from '@/components/ui/icons';
import { useSpeech } from '@/lib/i18n';
import type { Session } from '@/types/api';
import { useSignOut } from '../api/session';

export function AccountMenu({ session }: { session: Session }) {
  const { t, say } = useSpeech();
  const signOut = useSignOut();
  return (
    <Menu width={300} position="bottom-end" withinPortal>
      <Menu.Target>
        <Button variant="subtle" size="compact-md" className="on-dark account" leftSection={<PersonIcon />} aria-label={`${t.session.account}: ${session.person.name}`}>
          <span className="account-name">{session.person.name}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t.session.posts}</Menu.Label>
        {session.posts.map((p) => (
          <Text key={`${p.post} ${p.agency.code}`} size="sm" px="sm" py={4}>{say(p.title)}, {say(p.agency.name)}</Text>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => signOut.mutate()}>{t.session.signOut}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
