// Who I am, which posts I hold, and the way out.
import { Button, Menu, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
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
          <div key={`${p.post} ${p.agency.code} ${p.on_behalf_of ?? ''}`} className="menu-post">
            <Text size="sm">{say(p.title)}, {say(p.agency.name)}</Text>
            {p.on_behalf_of && <Text size="xs" c="dimmed">{t.session.insteadOf(p.on_behalf_of)}</Text>}
            {p.is_vacant && <Text size="xs" c="dimmed">{t.session.vacant}</Text>}
          </div>
        ))}
        <Menu.Divider />
        <Menu.Item component={Link} to="/settings">{t.nav.settings}</Menu.Item>
        <Menu.Item onClick={() => signOut.mutate()}>{t.session.signOut}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
