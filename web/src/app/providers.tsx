// What the whole application stands in: looks, words, answers of the server, addresses.
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { queryClient } from '@/lib/query-client';
import { SpeechProvider } from '@/lib/i18n';
import { router } from './router';
import { theme } from './theme';

export function App() {
  return (
    <MantineProvider theme={theme} forceColorScheme="light">
      <SpeechProvider>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </SpeechProvider>
    </MantineProvider>
  );
}
