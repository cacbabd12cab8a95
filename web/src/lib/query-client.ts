// How long answers are good for and when to try again.
import { QueryClient } from '@tanstack/react-query';
import { Problem } from './api-client';

function shouldRetry(failures: number, error: Error): boolean {
  if (!(error instanceof Problem)) return false;
  const isPassing = error.status === 0 || error.status === 503;
  return isPassing && failures < 2;
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: shouldRetry,
      retryDelay: (n, error) => (error instanceof Problem && error.retryAfterS ? error.retryAfterS : n + 1) * 1000,
    },
    mutations: { retry: false },
  },
});
