// The accounts of the demo; nothing (404) elsewhere.
import { useQuery } from '@tanstack/react-query';
import { api } from '@/lib/api-client';
import type { DemoAccount } from '@/types/api';

export function useDemoAccounts() {
  return useQuery({
    queryKey: ['demo-accounts'],
    queryFn: ({ signal }) => api<{ items: DemoAccount[] }>('/api/demo/accounts', { anonymous: true, signal }),
    staleTime: Infinity,
    retry: false,
  });
}
