// The demo's clock and the mail it would have sent.
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, queryString } from '@/lib/api-client';
import type { DemoClock, Mail, MailLine } from '@/types/api';

const clockKey = ['demo-clock'];
const pageSize = 50;

export function useDemoClock(isDemo: boolean) {
  return useQuery({
    queryKey: clockKey, queryFn: ({ signal }) => api<DemoClock>('/api/demo/clock', { signal }), enabled: isDemo, staleTime: 30_000, refetchInterval: 60_000,
  });
}

export function useMoveClock() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (by: { working_days: number } | { hours: number }) => api<DemoClock>('/api/demo/clock', { method: 'POST', body: by }),
    onSuccess: (clock) => {
      client.setQueryData(clockKey, clock);
      void client.invalidateQueries({ predicate: (q) => q.queryKey[0] !== clockKey[0] && q.queryKey[0] !== 'session' && q.queryKey[0] !== 'draft' });
    },
  });
}

export function useDemoMails() {
  return useInfiniteQuery({
    queryKey: ['demo-mails'],
    queryFn: ({ pageParam, signal }) => api<{ items: MailLine[] }>(`/api/demo/mails${queryString({ before: pageParam, limit: pageSize })}`, { signal }),
    initialPageParam: null as number | null,
    getNextPageParam: (last) => (last.items.length < pageSize ? null : (last.items.at(-1)?.id ?? null)),
  });
}

export function useDemoMail(id: number | undefined) {
  return useQuery({
    queryKey: ['demo-mail', id], queryFn: ({ signal }) => api<Mail>(`/api/demo/mails/${id}`, { signal }), enabled: id !== undefined,
  });
}
