// What a page shows while it loads, when it failed and when there is nothing.
import { Alert, Button, Code, Group, Paper, Skeleton, Stack, Text, Title, VisuallyHidden } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Problem } from '@/lib/api-client';
import { useSpeech } from '@/lib/i18n';
import { problemText } from '@/lib/problem-text';
import { WarnIcon } from './icons';

export function Loading({ rows = 6, height = 44 }: { rows?: number; height?: number }) {
  const { t } = useSpeech();
  return (
    <Stack gap="xs" role="status">
      <VisuallyHidden>{t.common.loading}</VisuallyHidden>
      {Array.from({ length: rows }, (_, i) => <Skeleton key={i} height={height} radius="sm" aria-hidden />)}
    </Stack>
  );
}

export function Failure({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  const { t } = useSpeech();
  const isBusy = error instanceof Problem && error.status === 503;
  const isGone = error instanceof Problem && error.status === 404;
  return (
    <Paper withBorder p="lg" role="alert">
      <Stack gap="xs" align="flex-start">
        <Title order={2} size="h4">{isBusy ? t.errors.busyTitle : isGone ? t.errors.notFoundTitle : t.errors.title}</Title>
        <Explanation error={error} />
        {onRetry && !isGone && <Button onClick={onRetry} variant="default" mt="xs">{t.common.retry}</Button>}
      </Stack>
    </Paper>
  );
}

/** The reason of a failure with the number to quote to the administrator. */
export function Explanation({ error }: { error: Error }) {
  const { t, lang } = useSpeech();
  if (!(error instanceof Problem)) return <Text>{t.errors.other}</Text>;
  return (
    <>
      <Text>{problemText(error, t)}</Text>
      {error.detail && lang === 'en' && error.status !== 404 && <Text size="sm">{t.errors.details}: {error.detail}</Text>}
      {error.requestId && error.status !== 404 && (
        <Text size="sm" c="dimmed">{t.errors.requestId}: <Code>{error.requestId}</Code></Text>
      )}
    </>
  );
}

export function ProblemAlert({ error, title }: { error: Error; title?: string }) {
  return (
    <Alert color="red" variant="light" icon={<WarnIcon />} role="alert" title={title}>
      <Explanation error={error} />
    </Alert>
  );
}

export function Empty({ title, text, action }: { title: string; text: string; action?: ReactNode }) {
  return (
    <Paper withBorder p="xl" className="empty">
      <Stack gap="xs" align="center">
        <Title order={2} size="h4">{title}</Title>
        <Text c="dimmed" ta="center">{text}</Text>
        {action && <Group mt="xs">{action}</Group>}
      </Stack>
    </Paper>
  );
}

/** Loading, failure or the answer of a query. */
export function Answer<T>({ query, children, loading }: {
  query: UseQueryResult<T>;
  children: (data: T) => ReactNode;
  loading?: ReactNode;
}) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return <>{loading ?? <Loading />}</>;
}
