// The kinds of cases that there are, and which of them a person may open.
import { useQuery } from '@tanstack/react-query';
import { api } from '@/lib/api-client';
import type { Rights, WorkflowLine } from '@/types/api';

export function useWorkflows() {
  return useQuery({ queryKey: ['workflows'], queryFn: ({ signal }) => api<{ items: WorkflowLine[] }>('/api/workflows', { signal }), staleTime: 60_000 });
}

export function useRights(id: string) {
  return useQuery({ queryKey: ['rights', id], queryFn: ({ signal }) => api<Rights>(`/api/workflows/${encodeURIComponent(id)}/rights`, { signal }), staleTime: 60_000 });
}
