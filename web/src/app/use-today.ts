// The day it is in the province; in the demo, the day its clock shows.
import { useDemoClock } from '@/features/demo/api/demo';
import { useSession } from '@/features/session/api/session';
import { formatDay, typedToIso } from '@/lib/dates';

export function useToday(): string {
  const isDemo = useSession().data?.is_demo ?? false;
  const clock = useDemoClock(isDemo);
  return typedToIso(formatDay(clock.data?.now ?? new Date()));
}
