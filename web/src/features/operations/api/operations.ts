// What keeps the system from running by itself: incidents, mail that failed, vacant posts, dates to recompute.
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, queryString } from '@/lib/api-client';
import type { Incident, Moved, Operations, OutMail, Recomputation, Vacancy } from '@/types/api';

const countsKey = ['operations'];

interface Pages<T> {
  items: T[];
  total: number;
  next: string | null;
}

export function useOperations(isWanted: boolean) {
  return useQuery({
    queryKey: countsKey, queryFn: ({ signal }) => api<Operations>('/api/operations', { signal }), enabled: isWanted, refetchInterval: 60_000,
  });
}

const soonMs = 5000; // what was set going here shows by itself

function usePages<T, P extends Pages<T> = Pages<T>>(name: string, path: string, more: Record<string, string> = {}, refetchInterval: number | false = false) {
  return useInfiniteQuery({
    queryKey: ['operations', name, more],
    queryFn: ({ pageParam, signal }) => api<P>(`${path}${queryString({ ...more, after: pageParam })}`, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    refetchInterval,
  });
}

export const useIncidents = () => usePages<Incident>('incidents', '/api/incidents', {}, soonMs);
export const useOutMails = (state: 'failed' | 'waiting') => usePages<OutMail, Pages<OutMail> & { server_away_since: string | null }>('mails', '/api/mails', { state }, soonMs);
export const useMovedDates = () => usePages<Moved>('dates', '/api/recomputation');

export function useVacancies() {
  return useQuery({ queryKey: ['operations', 'vacancies'], queryFn: ({ signal }) => api<{ items: Vacancy[] }>('/api/vacancies', { signal }) });
}

/** Counts and lists of operations are asked for again. */
function useRefresh() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: countsKey });
}

export function useRetryIncident() {
  return useMutation({ mutationFn: (id: number) => api<void>(`/api/incidents/${id}/retry`, { method: 'POST', body: {} }), onSuccess: useRefresh() });
}

export function useResendMail() {
  return useMutation({
    mutationFn: ({ id, address }: { id: number; address?: string }) => api<OutMail>(`/api/mails/${id}/resend`, { method: 'POST', body: address ? { address } : {} }),
    onSuccess: useRefresh(),
  });
}

export function useRecompute() {
  return useMutation({ mutationFn: (why: string) => api<{ id: number }>('/api/recomputation', { method: 'POST', body: { why } }) });
}

/** Asked for again and again until it has finished. */
export function useRecomputation(id: number | null) {
  return useQuery({
    queryKey: ['recomputation', id],
    queryFn: ({ signal }) => api<Recomputation>(`/api/recomputation/${id}`, { signal }),
    enabled: id !== null,
    refetchInterval: (query) => (query.state.data?.finished_at ? false : 1000),
  });
}
