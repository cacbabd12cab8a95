// Office hours as they are said: "07:30–11:30, 13:30–17:00".
import type { OfficeHours } from '@/types/api';

export function hoursText(hours: OfficeHours[]): string {
  return hours.map((h) => `${h.from}–${h.to}`).join(', ');
}
