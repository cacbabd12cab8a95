// A page failed while it was drawn, or its file could not be loaded.
import { Button, Paper, Stack, Text, Title } from '@mantine/core';
import { useSpeech } from '@/lib/i18n';

export function CrashPage() {
  const { t } = useSpeech();
  return (
    <Paper withBorder p="lg" role="alert">
      <Stack align="flex-start" gap="sm">
        <Title order={1} size="h4">{t.errors.title}</Title>
        <Text>{t.errors.crashed}</Text>
        <Button onClick={() => window.location.reload()}>{t.errors.reload}</Button>
      </Stack>
    </Paper>
  );
}
