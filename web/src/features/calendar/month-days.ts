// The days of a month in weeks from Monday, and what each of them is.
import type { CalendarDay } from '@/types/api';

export type DayKind = 'plain' | 'weekend' | 'off' | 'worked' | 'half';

const dayMs = 86_400_000;

/** Weeks of seven; null where the month has no day. `month` from 0. */
export function weeksOf(year: number, month: number): (string | null)[][] {
  const first = Date.UTC(year, month, 1);
  const count = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const before = (new Date(first).getUTCDay() + 6) % 7;
  const cells = Array.from({ length: Math.ceil((before + count) / 7) * 7 }, (_, i) =>
    (i < before || i >= before + count ? null : new Date(first + (i - before) * dayMs).toISOString().slice(0, 10)));
  return Array.from({ length: cells.length / 7 }, (_, i) => cells.slice(i * 7, i * 7 + 7));
}

/** 1 is Monday, 7 is Sunday. */
export function weekdayOf(day: string): number {
  return ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
}

/** A day worked that would be worked anyway is listed for its hours alone. */
export function kindOf(day: string, listed: CalendarDay | undefined, workingWeekdays: number[]): DayKind {
  const isWorkday = workingWeekdays.includes(weekdayOf(day));
  if (!listed) return isWorkday ? 'plain' : 'weekend';
  if (listed.kind === 'off') return 'off';
  return isWorkday ? 'half' : 'worked';
}
