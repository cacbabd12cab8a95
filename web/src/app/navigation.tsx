// The ways through the application, with the number of tasks that wait.
import { Badge, NavLink, Text, type NavLinkProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import { forwardRef, type AnchorHTMLAttributes, type ReactNode } from 'react';
import { CalendarIcon, CasesIcon, ClockIcon, DraftIcon, GrantIcon, InboxIcon, MailIcon, OpenIcon, OperationsIcon, ServicesIcon, SettingsIcon } from '@/components/ui/icons';
import { useSpeech } from '@/lib/i18n';

type Html = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'color' | 'style' | 'onChange'>;
const Way = createLink(forwardRef<HTMLAnchorElement, NavLinkProps & Html>(
  function Way(props, ref) {
    return <NavLink component="a" ref={ref} className="nav-link" {...props} />;
  },
));

interface Props {
  isDemo: boolean;
  tasks: number;
  overdue: number;
  /** What waits for an operator; null for everybody else. */
  troubles: number | null;
}

export function Navigation({ isDemo, tasks, overdue, troubles }: Props) {
  const { t } = useSpeech();
  const count: ReactNode = tasks > 0 && (
    <Badge size="md" color={overdue > 0 ? 'red' : 'brand'} aria-label={overdue > 0 ? `${t.inbox.count(tasks)}, ${t.inbox.overdueCount(overdue)}` : t.inbox.count(tasks)}>{tasks > 1000 ? t.inbox.many : tasks}</Badge>
  );
  const troubleCount: ReactNode = troubles !== null && troubles > 0 && <Badge size="md" color="red" aria-label={t.nav.troubles(troubles)}>{troubles}</Badge>;
  return (
    <>
      <nav aria-label={t.common.mainNav}>
        <Way to="/inbox" label={t.nav.inbox} leftSection={<InboxIcon />} rightSection={count} />
        <Way to="/cases" label={t.nav.cases} leftSection={<CasesIcon />} />
        <Way to="/services" label={t.nav.services} leftSection={<ServicesIcon />} />
        <Way to="/open" label={t.nav.open} leftSection={<OpenIcon />} />
        <Way to="/grants" label={t.nav.grants} leftSection={<GrantIcon />} />
        <Way to="/drafts" label={t.nav.drafts} leftSection={<DraftIcon />} />
        <Way to="/calendar" label={t.nav.calendar} leftSection={<CalendarIcon />} />
        <Way to="/settings" label={t.nav.settings} leftSection={<SettingsIcon />} />
        {troubles !== null && <Way to="/operations" label={t.nav.operations} leftSection={<OperationsIcon />} rightSection={troubleCount} />}
      </nav>
      {isDemo && (
        <nav aria-label={t.common.demoNav} className="nav-demo">
          <Text size="xs" fw={600} c="dimmed" px="sm" pb={4}>{t.common.demoNav}</Text>
          <Way to="/mails" label={t.nav.mails} leftSection={<MailIcon />} />
          <Way to="/clock" label={t.nav.clock} leftSection={<ClockIcon />} />
        </nav>
      )}
    </>
  );
}
