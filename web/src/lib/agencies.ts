// The agencies of the province; they hardly ever change.
import { useQuery } from '@tanstack/react-query';
import type { Agency } from '@/types/api';
import { api } from './api-client';

export function useAgencies() {
  return useQuery({ queryKey: ['agencies'], queryFn: ({ signal }) => api<{ items: Agency[] }>('/api/agencies', { signal }), staleTime: 300_000 });
}
