// A list of operations that comes in pages: how many, what there is, more of it.
import { Button, Stack, Text } from '@mantine/core';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Empty, Failure, Loading } from '@/components/ui/state';
import { useSpeech } from '@/lib/i18n';

interface Pages<T> {
  pages: { items: T[]; total: number }[];
}

export function ListOf<T>({ query, count, empty, children }: {
  query: UseInfiniteQueryResult<Pages<T>>; count: (n: number) => string; empty: [title: string, text: string]; children: (items: T[]) => ReactNode;
}) {
  const { t } = useSpeech();
  if (query.error && !query.data) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading height={56} />;
  const items = query.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <Empty title={empty[0]} text={empty[1]} />;
  return (
    <Stack gap="sm">
      <Text role="status" size="sm" fw={600}>{count(query.data.pages[0]?.total ?? items.length)}</Text>
      {children(items)}
      {query.hasNextPage && <div><Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t.common.more}</Button></div>}
    </Stack>
  );
}
