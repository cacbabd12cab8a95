// What every page has: its title in the window and as the heading, where focus lands on arrival.
import { Group, Stack, Text, Title } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import { useSpeech } from '@/lib/i18n';

interface Props {
  title: string;
  windowTitle?: string;
  lead?: ReactNode;
  above?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

let hasArrived = false; // the first page leaves focus where the browser put it

export function Page({ title, windowTitle, lead, above, actions, children }: Props) {
  const { t } = useSpeech();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${windowTitle ?? title} – ${t.appName}`;
  }, [title, windowTitle, t]);
  useEffect(() => {
    if (hasArrived) heading.current?.focus({ preventScroll: true });
    hasArrived = true;
  }, []);
  return (
    <Stack gap="md">
      <div>
        {above}
        <Group justify="space-between" align="flex-start" gap="sm">
          <div className="page-head">
            <Title order={1} size="h2" ref={heading} tabIndex={-1}>{title}</Title>
            {lead && <Text c="dimmed" size="sm" component="div">{lead}</Text>}
          </div>
          {actions}
        </Group>
      </div>
      {children}
    </Stack>
  );
}
