// The demo's clock: shown above every page, moved on its own page.
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { ClockIcon } from '@/components/ui/icons';
import { TextLink } from '@/components/ui/link';
import { Section } from '@/components/ui/section';
import { Answer, ProblemAlert } from '@/components/ui/state';
import { formatDayTime } from '@/lib/dates';
import { useSpeech, type Words } from '@/lib/i18n';
import type { DemoClock } from '@/types/api';
import { useDemoClock, useMoveClock } from '../api/demo';

function aheadWords(clock: DemoClock, t: Words): string {
  if (clock.offset_s < 60) return t.demo.real;
  const hours = Math.floor(clock.offset_s / 3600);
  return t.demo.ahead(Math.floor(hours / 24), hours % 24);
}

export function ClockBanner() {
  const { t } = useSpeech();
  const clock = useDemoClock(true);
  if (!clock.data) return null;
  return (
    <aside className="clock-banner" aria-label={t.demo.clockTitle}>
      <span><ClockIcon size={15} /> {t.demo.banner(formatDayTime(clock.data.now))} ({aheadWords(clock.data, t)})</span>
      <TextLink to="/clock" size="sm" c="inherit" underline="always">{t.nav.clock}</TextLink>
    </aside>
  );
}

const hourSteps = [1, 4];

export function ClockMover() {
  const { t } = useSpeech();
  const clock = useDemoClock(true);
  const move = useMoveClock();
  return (
    <Section title={t.demo.now}>
      <Answer query={clock}>{(now) => (
        <Stack gap="md">
          <div>
            <Text size="xl" fw={700}>{formatDayTime(now.now)}</Text>
            <Text size="sm" c="dimmed">{aheadWords(now, t)}</Text>
          </div>
          <Group gap="sm">
            <Button loading={move.isPending} onClick={() => move.mutate({ working_days: 1 })}>{t.demo.moveDay}</Button>
            {hourSteps.map((n) => <Button key={n} variant="default" disabled={move.isPending} onClick={() => move.mutate({ hours: n })}>{t.demo.moveHours(n)}</Button>)}
          </Group>
          <div role="status">{move.data && <Alert color="green" variant="light">{t.demo.moved(formatDayTime(move.data.now))}</Alert>}</div>
          {move.error && <ProblemAlert error={move.error} />}
          <Text size="sm" c="dimmed">{t.demo.warn}</Text>
        </Stack>
      )}</Answer>
    </Section>
  );
}
