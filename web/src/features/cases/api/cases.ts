// Cases: found in lists, looked at whole, moved by events.
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, queryString } from '@/lib/api-client';
import type { Case, CaseLine, TermExplanation, Values, Workflow } from '@/types/api';

export interface CaseFilter {
  q?: string;
  state?: string;
  scope?: string;
  workflow?: string;
}

interface CasePage {
  items: CaseLine[];
  total: number;
  next: string | null;
}

export const caseKey = (id: number) => ['case', id];
export const fetchCase = (id: number, signal?: AbortSignal) => api<Case>(`/api/cases/${id}`, { signal });

export function useCases(filter: CaseFilter) {
  return useInfiniteQuery({
    queryKey: ['cases', filter],
    queryFn: ({ pageParam, signal }) => api<CasePage>(`/api/cases${queryString({ ...filter, after: pageParam })}`, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });
}

export function useCase(id: number, isWanted = true) {
  return useQuery({ queryKey: caseKey(id), queryFn: ({ signal }) => fetchCase(id, signal), enabled: isWanted, staleTime: 5_000 });
}

/** The legal grounds that forms of this case offer. */
export function useGrounds(workflow: string) {
  return useQuery({
    queryKey: ['workflow', workflow],
    queryFn: ({ signal }) => api<Workflow>(`/api/workflows/${encodeURIComponent(workflow)}`, { signal }),
    staleTime: 300_000,
  });
}

export interface Sending {
  type: string;
  data: Values | null;
  version: number;
  key: string;
}

export function useSendEvent(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ type, data, version, key }: Sending) =>
      api<Case>(`/api/cases/${id}/events`, { method: 'POST', version, idempotencyKey: key, body: data ? { type, data } : { type } }),
    onSuccess: (moved) => {
      client.setQueryData(caseKey(id), moved);
      for (const queryKey of [['inbox'], ['cases'], ['demo-mails']]) void client.invalidateQueries({ queryKey });
    },
  });
}

/** Watched or not, the case itself stays as it is. */
export function useWatch(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (isWatched: boolean) => api<void>(`/api/cases/${id}/watch`, { method: isWatched ? 'PUT' : 'DELETE' }),
    onSuccess: (_, isWatched) => {
      client.setQueryData<Case>(caseKey(id), (c) => c && { ...c, is_watched: isWatched });
      void client.invalidateQueries({ queryKey: ['inbox', 'watched'] });
    },
  });
}

/** Asked for when somebody wants to know why a date is what it is. */
export function useTermExplanation(id: number, term: string, version: number, isWanted: boolean) {
  return useQuery({
    queryKey: ['term', id, term, version],
    queryFn: ({ signal }) => api<TermExplanation>(`/api/cases/${id}/terms/${encodeURIComponent(term)}`, { signal }),
    enabled: isWanted,
  });
}
