// What holds for the whole calendar: hours, late receipts, whose it is, and what the colours mean.
import { Alert } from '@mantine/core';
import { Facts } from '@/components/ui/facts';
import { useSpeech, useWordsOf } from '@/lib/i18n';
import { calendar } from '@/lib/i18n/calendar';
import { lawText } from '@/lib/law';
import type { CalendarYear } from '@/types/api';
import { hoursText } from '../hours-text';
import { kindOf } from '../month-days';
import { isNotAnnounced } from './day-list';

export function CalendarFacts({ year }: { year: CalendarYear }) {
  const { say } = useSpeech();
  const w = useWordsOf(calendar);
  return (
    <>
      <Facts items={[
        [w.hours, `${weekText(year.working_weekdays, w.weekdays)}: ${hoursText(year.office_hours)}`],
        [w.late, year.outside_office_hours === 'same_day' ? w.lateSame : w.lateNext],
        [w.agencies, year.is_default ? w.everyone : year.agencies.map((a) => say(a.name)).join('; ')],
        [w.source, lawText(year.source)],
      ]} />
      {year.days.some(isNotAnnounced) && <Alert color="orange" variant="light" mt="sm">{w.notYetHelp}</Alert>}
    </>
  );
}

/** "Monday – Friday" where they follow each other, else each by its name. */
function weekText(days: number[], names: string[]): string {
  const nameOf = (n: number | undefined) => names[(n ?? 1) - 1] ?? '';
  const isRow = days.length > 2 && days.every((d, i) => i === 0 || d === days[i - 1]! + 1);
  return isRow ? `${nameOf(days[0])} – ${nameOf(days.at(-1))}` : days.map(nameOf).join(', ');
}

/** Only what stands in this year. */
export function Legend({ year }: { year: CalendarYear }) {
  const w = useWordsOf(calendar);
  const kinds = [...new Set(year.days.map((d) => kindOf(d.date, d, year.working_weekdays)))].filter((k) => k !== 'plain' && k !== 'weekend') as ('off' | 'worked' | 'half')[];
  return (
    <ul className="legend" aria-hidden="true">
      {[...kinds, 'weekend' as const, 'today' as const].map((k) => <li key={k}><span className={`day day-${k}`} />{w.kinds[k]}</li>)}
    </ul>
  );
}
