// The calendar by which terms are counted: a year at a glance, and its listed days in words.
import { Button, Group, NativeSelect } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { Page } from '@/components/ui/page';
import { Section } from '@/components/ui/section';
import { Answer } from '@/components/ui/state';
import { useCalendars, useCalendarYear } from '@/features/calendar/api/calendar';
import { CalendarFacts, Legend } from '@/features/calendar/components/calendar-facts';
import { DayList } from '@/features/calendar/components/day-list';
import { YearGrid } from '@/features/calendar/components/year-grid';
import { agenciesOf, useSession } from '@/features/session/api/session';
import { useSpeech, useWordsOf } from '@/lib/i18n';
import { calendar } from '@/lib/i18n/calendar';
import type { CalendarLine } from '@/types/api';
import { useToday } from '../use-now';

const route = getRouteApi('/calendar');

export default function CalendarPage() {
  const w = useWordsOf(calendar);
  return <Page title={w.title} lead={w.lead}><Answer query={useCalendars()}>{({ items }) => <Calendars items={items} />}</Answer></Page>;
}

/** That of my agency unless another is asked for. */
function Calendars({ items }: { items: CalendarLine[] }) {
  const search = route.useSearch();
  const mine = agenciesOf(useSession().data).map((a) => a.code);
  const own = items.find((c) => c.agencies.some((a) => mine.includes(a.code)));
  const line = items.find((c) => c.id === search.calendar) ?? own ?? items.find((c) => c.is_default) ?? items[0];
  return line ? <Year line={line} items={items} /> : null;
}

function Year({ line, items }: { line: CalendarLine; items: CalendarLine[] }) {
  const { say } = useSpeech();
  const w = useWordsOf(calendar);
  const today = useToday();
  const search = route.useSearch();
  const [chosen, setChosen] = useState<string | null>(null);
  const year = Math.min(Math.max(search.year ?? Number(today.slice(0, 4)), line.first_year), line.last_year);
  const found = useCalendarYear(line.id, year);
  return (
    <>
      <Chooser line={line} items={items} year={year} />
      <Answer query={found}>{(data) => (
        <>
          <Section title={w.of(say(data.title), data.year)}><CalendarFacts year={data} /></Section>
          <div className="year-grid">
            <div><Legend year={data} /><YearGrid year={data} today={today} chosen={chosen} onChoose={setChosen} /></div>
            <Section title={w.list(data.days.length)}><DayList year={data} calendars={items} chosen={chosen} /></Section>
          </div>
        </>
      )}</Answer>
    </>
  );
}

function Chooser({ line, items, year }: { line: CalendarLine; items: CalendarLine[]; year: number }) {
  const { say } = useSpeech();
  const w = useWordsOf(calendar);
  const navigate = route.useNavigate();
  const go = (next: { calendar?: string; year?: number }) => void navigate({ search: { calendar: line.id, year, ...next }, replace: true });
  const years = Array.from({ length: line.last_year - line.first_year + 1 }, (_, i) => String(line.first_year + i));
  return (
    <Group gap="sm" align="flex-end">
      <NativeSelect label={w.pick} value={line.id} onChange={(e) => go({ calendar: e.currentTarget.value })} data={items.map((c) => ({ value: c.id, label: say(c.title) }))} />
      <NativeSelect label={w.year} value={String(year)} onChange={(e) => go({ year: Number(e.currentTarget.value) })} data={years} />
      <Button variant="default" disabled={year <= line.first_year} aria-label={w.yearOf(year - 1)} onClick={() => go({ year: year - 1 })}>‹ {year - 1}</Button>
      <Button variant="default" disabled={year >= line.last_year} aria-label={w.yearOf(year + 1)} onClick={() => go({ year: year + 1 })}>{year + 1} ›</Button>
    </Group>
  );
}
