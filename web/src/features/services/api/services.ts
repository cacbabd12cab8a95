// The catalogue of data-sharing services and the form of their workflow.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, queryString } from '@/lib/api-client';
import type { Service, Workflow } from '@/types/api';

export interface ServiceFilter {
  q?: string;
  form?: string;
}

export function useServices(filter: ServiceFilter, isWanted = true) {
  return useQuery({
    queryKey: ['services', filter],
    queryFn: ({ signal }) =>
      api<{ items: Service[]; total: number }>(`/api/services${queryString({ q: filter.q, form: filter.form, limit: 100 })}`, { signal }),
    placeholderData: keepPreviousData,
    enabled: isWanted,
    staleTime: 60_000,
  });
}

export function useService(code: string, isWanted = true) {
  return useQuery({
    queryKey: ['service', code],
    queryFn: ({ signal }) => api<Service>(`/api/services/${encodeURIComponent(code)}`, { signal }),
    enabled: isWanted,
    staleTime: 60_000,
  });
}

export function useWorkflow(id: string | null | undefined) {
  return useQuery({
    queryKey: ['workflow', id],
    queryFn: ({ signal }) => api<Workflow>(`/api/workflows/${encodeURIComponent(id ?? '')}`, { signal }),
    enabled: !!id,
    staleTime: 300_000,
  });
}
