// The address of my deadlines: whether there is one; made, renewed and revoked.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '@/lib/api-client';
import type { Feed, NewFeed } from '@/types/api';

const feedKey = ['feed'];

export function useFeed() {
  return useQuery({ queryKey: feedKey, queryFn: ({ signal }) => api<Feed>('/api/me/feed', { signal }) });
}

/** What it answers is the only time that the address is told: it is in no cache. */
export function useMakeFeed() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api<NewFeed>('/api/me/feed', { method: 'POST', body: {} }),
    onSuccess: ({ made_at }) => client.setQueryData<Feed>(feedKey, { is_on: true, made_at }),
    gcTime: 0,
  });
}

export function useEndFeed() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api<void>('/api/me/feed', { method: 'DELETE' }),
    onSuccess: () => client.setQueryData<Feed>(feedKey, { is_on: false, made_at: null }),
  });
}
