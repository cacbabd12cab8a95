// How much time is left, in words. The server counts the working days; nothing is counted here.
import type { TaskTime } from '@/types/api';
import type { Words } from './i18n';

export type Urgency = 'none' | 'calm' | 'soon' | 'late';

export function daysLeft(time: TaskTime, t: Words): string {
  if (time.is_overdue) return lateness(time.days_left, t);
  if (time.due_at === null) return t.due.none;
  if (time.days_left === null) return '';
  return time.days_left <= 0 ? t.due.today : t.due.left(time.days_left);
}

function lateness(days: number | null, t: Words): string {
  if (days === null) return t.due.overdue;
  return days === 0 ? t.due.justLate : t.due.late(Math.abs(days));
}

export function urgency(time: TaskTime): Urgency {
  if (time.is_overdue) return 'late';
  if (time.due_at === null) return 'none';
  return time.days_left !== null && time.days_left <= 1 ? 'soon' : 'calm';
}
