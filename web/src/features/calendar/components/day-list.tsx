// The listed days of a year in words: what, why, by which document.
import { Badge, Group, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { isoToTyped } from '@/lib/dates';
import { useSpeech, useWordsOf } from '@/lib/i18n';
import { calendar } from '@/lib/i18n/calendar';
import { lawText } from '@/lib/law';
import type { CalendarDay, CalendarLine, CalendarYear } from '@/types/api';
import { hoursText } from '../hours-text';
import { kindOf, weekdayOf } from '../month-days';

const colors = { off: 'red', worked: 'green', half: 'orange', weekend: 'gray', plain: 'gray' };
export const isNotAnnounced = (day: CalendarDay) => day.source.startsWith('DEFAULT');

export function DayList({ year, calendars, chosen }: { year: CalendarYear; calendars: CalendarLine[]; chosen: string | null }) {
  const w = useWordsOf(calendar);
  if (year.days.length === 0) return <Text size="sm">{w.none}</Text>;
  return <ol className="plain-list day-list" tabIndex={0}>{year.days.map((day) => <Line key={day.date} day={day} year={year} calendars={calendars} isChosen={day.date === chosen} />)}</ol>;
}

function Line({ day, year, calendars, isChosen }: { day: CalendarDay; year: CalendarYear; calendars: CalendarLine[]; isChosen: boolean }) {
  const { say } = useSpeech();
  const w = useWordsOf(calendar);
  const line = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isChosen) line.current?.scrollIntoView({ block: 'nearest' });
  }, [isChosen]);
  const kind = kindOf(day.date, day, year.working_weekdays);
  const other = day.from && day.from !== year.id ? calendars.find((c) => c.id === day.from) : undefined;
  const source = [lawText(day.source), other && w.basedOn(say(other.title))].filter(Boolean).join('; ');
  return (
    <li ref={line} className={isChosen ? 'day-line day-chosen' : 'day-line'} aria-current={isChosen ? 'true' : undefined}>
      <Text size="sm" fw={600}>{w.weekdays[weekdayOf(day.date) - 1]} {isoToTyped(day.date)}</Text>
      <Group gap={6}>
        <Text size="sm" span>{day.name}</Text>
        {kind !== 'plain' && <Badge variant="light" size="sm" color={colors[kind]} className="badge-words">{w.kinds[kind]}{day.hours && `: ${hoursText(day.hours)}`}</Badge>}
        {isNotAnnounced(day) && <Badge variant="outline" size="sm" color="orange" className="badge-words">{w.notYet}</Badge>}
      </Group>
      {source && <Text size="xs" c="dimmed">{source}</Text>}
    </li>
  );
}
