// Open tasks of mine or of my agencies, and what I watch; most urgent first.
import { useInfiniteQuery } from '@tanstack/react-query';
import { api, queryString } from '@/lib/api-client';
import type { Inbox, InboxScope } from '@/types/api';

export function useInbox(scope: InboxScope = 'mine') {
  return useInfiniteQuery({
    queryKey: ['inbox', scope],
    queryFn: ({ pageParam, signal }) => api<Inbox>(`/api/inbox${queryString({ scope, after: pageParam })}`, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
}
