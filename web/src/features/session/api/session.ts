// Who is signed in; signing in and out.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, Problem } from '@/lib/api-client';
import type { Agency, Session } from '@/types/api';

export const sessionKey = ['session'];

async function fetchSession(signal: AbortSignal): Promise<Session | null> {
  try {
    return await api<Session>('/api/session', { anonymous: true, signal });
  } catch (e) {
    if (e instanceof Problem && e.status === 401) return null;
    throw e;
  }
}

/** The session; null when nobody is signed in. */
export function useSession() {
  return useQuery({ queryKey: sessionKey, queryFn: ({ signal }) => fetchSession(signal), staleTime: Infinity });
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (who: { login: string; password: string }) =>
      api<Session>('/api/session', { method: 'POST', body: who, anonymous: true }),
    onSuccess: (session) => client.setQueryData(sessionKey, session),
  });
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api<void>('/api/session', { method: 'DELETE', anonymous: true }),
    onSettled: () => {
      client.setQueryData(sessionKey, null);
      client.removeQueries({ predicate: (q) => q.queryKey[0] !== sessionKey[0] });
    },
  });
}

/** The agencies where the person holds a post, each once. */
export function agenciesOf(session: Session | null | undefined): Agency[] {
  return [...new Map(session?.posts.map((p) => [p.agency.code, p.agency])).values()];
}
