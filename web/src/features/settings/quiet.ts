// Hours without mail, which may go over midnight.
import type { Preferences } from '@/types/api';

/** The first minute is quiet, the last is not. */
export function isQuietAt({ quiet_from: from, quiet_until: until }: Pick<Preferences, 'quiet_from' | 'quiet_until'>, at: string | null): boolean {
  if (from === null || until === null || at === null) return false;
  return from < until ? at >= from && at < until : at >= from || at < until;
}
