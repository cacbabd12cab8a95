import { describe, expect, it } from 'vitest';
import { formatDayTime, formatDue, isRealDay, isoToTyped, typedToIso } from './dates';
import { daysLeft, urgency } from './days-left';
import { en } from './i18n/en';
import { vi } from './i18n/vi';

const time = (days_left: number | null, is_overdue = false, due_at: string | null = '2026-11-26T17:00:00Z') => ({ due_at, days_left, is_overdue });

describe('days left', () => {
  it('says how many working days are left', () => {
    expect(daysLeft(time(2), vi)).toBe('Còn 2 ngày làm việc');
    expect(daysLeft(time(1), en)).toBe('1 working day left');
    expect(daysLeft(time(2), en)).toBe('2 working days left');
  });
  it('says today on the last day', () => expect(daysLeft(time(0), vi)).toBe('Hạn hôm nay'));
  it('says how late it is, whatever the sign of the count', () => {
    expect(daysLeft(time(-1, true), vi)).toBe('Quá hạn 1 ngày làm việc');
    expect(daysLeft(time(3, true), en)).toBe('3 working days overdue');
    expect(daysLeft(time(0, true), vi)).toBe('Vừa quá hạn');
    expect(daysLeft(time(null, true), vi)).toBe('Quá hạn');
  });
  it('says that there is no deadline', () => expect(daysLeft(time(null, false, null), vi)).toBe('Không có hạn'));
  it('is soon on the last two days, late only when the server says so', () => {
    expect([urgency(time(2)), urgency(time(1)), urgency(time(-2, true)), urgency(time(null, false, null))]).toEqual(['calm', 'soon', 'late', 'none']);
  });
});

describe('dates', () => {
  it('are shown in the zone of the province', () => expect(formatDayTime('2026-11-25T18:05:00Z')).toBe('26/11/2026 01:05'));
  it('name the day that ends at 24:00, not the next one', () => {
    expect(formatDue('2026-11-26T17:00:00Z', vi)).toBe('hết ngày 26/11/2026');
    expect(formatDue('2026-11-26T10:00:00Z', vi)).toBe('26/11/2026 17:00');
  });
  it('are typed as day/month/year and kept when they are wrong', () => {
    expect(typedToIso('1/2/2026')).toBe('2026-02-01');
    expect(typedToIso('31/02/2026')).toBe('31/02/2026');
    expect(isoToTyped('2026-12-31')).toBe('31/12/2026');
    expect(isRealDay('2026-02-29')).toBe(false);
  });
});
