// Have this case in my inbox, whether or not it is my turn.
import { Button, Stack, Text, VisuallyHidden } from '@mantine/core';
import { useId } from 'react';
import { EyeIcon } from '@/components/ui/icons';
import { useSpeech } from '@/lib/i18n';
import { problemText } from '@/lib/problem-text';
import { Problem } from '@/lib/api-client';
import type { Case } from '@/types/api';
import { useWatch } from '../api/cases';

export function WatchButton({ case: c }: { case: Case }) {
  const { t } = useSpeech();
  const watch = useWatch(c.id);
  const help = useId();
  return (
    <Stack gap={4} align="flex-end">
      <Button variant={c.is_watched ? 'light' : 'default'} size="sm" leftSection={<EyeIcon size={16} />} aria-describedby={help}
        loading={watch.isPending} onClick={() => watch.mutate(!c.is_watched)}>{c.is_watched ? t.case.unwatch : t.case.watch}</Button>
      <VisuallyHidden id={help}>{t.case.watchHelp}</VisuallyHidden>
      {watch.error && <Text size="sm" c="red" role="alert">{watch.error instanceof Problem ? problemText(watch.error, t) : t.errors.other}</Text>}
    </Stack>
  );
}
