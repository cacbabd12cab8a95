import { expect, it } from 'vitest';
import type { CalendarDay } from '@/types/api';
import { kindOf, weeksOf } from './month-days';

const listed = (date: string, kind: 'off' | 'worked'): CalendarDay => ({ date, kind, name: null, source: 'DEFAULT', hours: null });

it('weeks begin on Monday and hold each day of the month once', () => {
  const weeks = weeksOf(2026, 1); // begins on a Sunday
  expect(weeks).toHaveLength(5);
  expect(weeks[0]).toEqual([null, null, null, null, null, null, '2026-02-01']);
  expect(weeks.flat().filter(Boolean)).toHaveLength(28);
  expect(weeksOf(2024, 1).flat().filter(Boolean).at(-1)).toBe('2024-02-29');
});

it('a day is what the calendar lists, else what its weekday is', () => {
  const week = [1, 2, 3, 4, 5];
  expect(kindOf('2026-11-25', undefined, week)).toBe('plain');
  expect(kindOf('2026-11-28', undefined, week)).toBe('weekend');
  expect(kindOf('2026-09-02', listed('2026-09-02', 'off'), week)).toBe('off');
  expect(kindOf('2026-08-22', listed('2026-08-22', 'worked'), week)).toBe('worked');
  expect(kindOf('2026-12-31', listed('2026-12-31', 'worked'), week)).toBe('half');
});
