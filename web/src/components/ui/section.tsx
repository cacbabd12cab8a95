// A titled part of a page.
import { Group, Paper, Title } from '@mantine/core';
import { useId, type ReactNode } from 'react';

export function Section({ title, aside, children, tone }: { title: string; aside?: ReactNode; children: ReactNode; tone?: 'now' }) {
  const id = useId();
  return (
    <Paper withBorder component="section" aria-labelledby={id} className={tone === 'now' ? 'section section-now' : 'section'}>
      <Group justify="space-between" mb="sm" gap="xs">
        <Title order={2} size="h4" id={id}>{title}</Title>
        {aside}
      </Group>
      {children}
    </Paper>
  );
}
