// What my agencies gave or got and still runs.
import { useInfiniteQuery } from '@tanstack/react-query';
import { api, queryString } from '@/lib/api-client';
import type { Grant } from '@/types/api';

export function useGrantList() {
  return useInfiniteQuery({
    queryKey: ['grants'],
    queryFn: ({ pageParam, signal }) => api<{ items: Grant[]; next: string | null }>(`/api/grants${queryString({ after: pageParam })}`, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
}
