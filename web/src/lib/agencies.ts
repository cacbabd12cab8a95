// The agencies of the province; they hardly ever change.
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Agency, Title } from '@/types/api';
import { api } from './api-client';

export function useAgencies() {
  return useQuery({ queryKey: ['agencies'], queryFn: ({ signal }) => api<{ items: Agency[] }>('/api/agencies', { signal }), staleTime: 300_000 });
}

/** Their names by code. */
export function useAgencyNames(): Map<string, Title> {
  const { data } = useAgencies();
  return useMemo(() => new Map(data?.items.map((a) => [a.code, a.name])), [data]);
}
