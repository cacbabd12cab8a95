// My open tasks, most urgent first.
import { useInfiniteQuery } from '@tanstack/react-query';
import { api, queryString } from '@/lib/api-client';
import type { Inbox } from '@/types/api';

export function useInbox() {
  return useInfiniteQuery({
    queryKey: ['inbox'],
    queryFn: ({ pageParam, signal }) => api<Inbox>(`/api/inbox${queryString({ after: pageParam })}`, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
}
