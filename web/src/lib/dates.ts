// Times on screen: dd/MM/yyyy HH:mm in the zone of the province, whatever the computer's zone is.
import type { Words } from './i18n';

const zone = 'Asia/Ho_Chi_Minh';
const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
});

function partsOf(at: string | Date): Record<string, string> {
  return Object.fromEntries(clock.formatToParts(new Date(at)).map((p) => [p.type, p.value]));
}

export function formatDay(at: string | Date): string {
  const p = partsOf(at);
  return `${p.day}/${p.month}/${p.year}`;
}

export function formatTime(at: string | Date): string {
  const p = partsOf(at);
  return `${p.hour}:${p.minute}`;
}

export function formatDayTime(at: string | Date): string {
  return `${formatDay(at)} ${formatTime(at)}`;
}

/** A legal term ends at 24:00, which a clock shows as 00:00 of the next day: name the day itself. */
export function formatDue(at: string, t: Words): string {
  if (formatTime(at) !== '00:00') return formatDayTime(at);
  return t.due.endOf(formatDay(new Date(new Date(at).getTime() - 1)));
}

/** "2026-12-31" -> "31/12/2026"; anything else comes back unchanged, so that typing is never lost. */
export function isoToTyped(value: string): string {
  const m = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  return m ? `${m[3]}/${m[2]}/${m[1]}` : value;
}

/** "31/12/2026", "1/2/2026", "31.12.2026" -> "2026-12-31"; what is no date comes back unchanged. */
export function typedToIso(value: string): string {
  const m = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*$/.exec(value);
  if (!m) return value;
  const iso = `${m[3]}-${m[2]!.padStart(2, '0')}-${m[1]!.padStart(2, '0')}`;
  return isRealDay(iso) ? iso : value;
}

export function isRealDay(iso: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return false;
  const day = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(iso);
}
