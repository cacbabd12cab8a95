// A person's own drafts; a version guards against two windows.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '@/lib/api-client';
import type { Case, Draft, DraftBody } from '@/types/api';

const listKey = ['drafts'];
const draftKey = (id: number) => ['draft', id];

export function useDrafts() {
  return useQuery({ queryKey: listKey, queryFn: ({ signal }) => api<{ items: Draft[] }>('/api/drafts', { signal }) });
}

export const fetchDraft = (id: number, signal?: AbortSignal) => api<Draft>(`/api/drafts/${id}`, { signal });

/** For the editor, which then keeps its own copy: never refetched below what is being typed. */
export function useDraft(id: number | undefined) {
  return useQuery({
    queryKey: draftKey(id ?? 0), queryFn: ({ signal }) => fetchDraft(id ?? 0, signal), enabled: id !== undefined, staleTime: Infinity, gcTime: 0, refetchOnReconnect: false,
  });
}

export function saveDraft(id: number | null, version: number, body: DraftBody): Promise<Draft> {
  return id === null
    ? api<Draft>('/api/drafts', { method: 'POST', body })
    : api<Draft>(`/api/drafts/${id}`, { method: 'PUT', body, version });
}

export function useDeleteDraft() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (draft: { id: number; version: number }) => api<void>(`/api/drafts/${draft.id}`, { method: 'DELETE', version: draft.version }),
    onSuccess: () => client.invalidateQueries({ queryKey: listKey }),
  });
}

export interface Submission extends DraftBody {
  draft?: number;
}

export function useSubmitRequest() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ body, key }: { body: Submission; key: string }) =>
      api<Case>('/api/cases', { method: 'POST', body, idempotencyKey: key }),
    onSuccess: (made) => {
      client.setQueryData(['case', made.id], made);
      for (const queryKey of [listKey, ['cases'], ['inbox']]) void client.invalidateQueries({ queryKey });
    },
  });
}
