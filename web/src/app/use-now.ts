// The time it is: in the demo, what its clock shows.
import { useDemoClock } from '@/features/demo/api/demo';
import { useSession } from '@/features/session/api/session';
import { formatDay, typedToIso } from '@/lib/dates';

export function useNow(): string {
  const isDemo = useSession().data?.is_demo ?? false;
  const clock = useDemoClock(isDemo);
  return clock.data?.now ?? new Date().toISOString();
}

/** The day it is in the province. */
export function useToday(): string {
  return typedToIso(formatDay(useNow()));
}
