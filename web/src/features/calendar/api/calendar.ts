// The calendars by which terms are counted.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api } from '@/lib/api-client';
import type { CalendarLine, CalendarYear } from '@/types/api';

export function useCalendars() {
  return useQuery({ queryKey: ['calendars'], queryFn: ({ signal }) => api<{ items: CalendarLine[] }>('/api/calendars', { signal }) });
}

export function useCalendarYear(id: string, year: number) {
  return useQuery({
    queryKey: ['calendar', id, year],
    queryFn: ({ signal }) => api<CalendarYear>(`/api/calendars/${encodeURIComponent(id)}?year=${year}`, { signal }),
    enabled: id !== '',
    placeholderData: keepPreviousData,
  });
}
