// My preferences, and who stands in for whom.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, queryString } from '@/lib/api-client';
import type { Colleague, NewSubstitution, Preferences, Substitution } from '@/types/api';

const preferencesKey = ['preferences'];
const substitutionsKey = ['substitutions'];

export function usePreferences() {
  return useQuery({ queryKey: preferencesKey, queryFn: ({ signal }) => api<Preferences>('/api/me/preferences', { signal }) });
}

export function useSavePreferences() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Preferences) => api<Preferences>('/api/me/preferences', { method: 'PUT', body }),
    onSuccess: (saved) => client.setQueryData(preferencesKey, saved),
  });
}

export function useSubstitutions() {
  return useQuery({ queryKey: substitutionsKey, queryFn: ({ signal }) => api<{ items: Substitution[] }>('/api/substitutions', { signal }) });
}

/** The people of an agency. */
export function usePeople(agency: string) {
  return useQuery({
    queryKey: ['people', agency],
    queryFn: ({ signal }) => api<{ items: Colleague[] }>(`/api/people${queryString({ agency })}`, { signal }),
    enabled: agency !== '',
    staleTime: 300_000,
  });
}

/** Who may act changes what the session, the inbox and every case show. */
function useRefreshAfter() {
  const client = useQueryClient();
  return () => Promise.all([substitutionsKey, ['session'], ['inbox'], ['case']].map((queryKey) => client.invalidateQueries({ queryKey })));
}

export function useAddSubstitution() {
  return useMutation({
    mutationFn: (body: NewSubstitution) => api<Substitution>('/api/substitutions', { method: 'POST', body }), onSuccess: useRefreshAfter(),
  });
}

export function useEndSubstitution() {
  return useMutation({ mutationFn: (id: number) => api<void>(`/api/substitutions/${id}`, { method: 'DELETE' }), onSuccess: useRefreshAfter() });
}
