// What is wrong with a wanted substitution: seen here before it is sent, or said by the server of a field.
import { Problem } from '@/lib/api-client';
import { isRealDay } from '@/lib/dates';
import type { Words } from '@/lib/i18n';
import type { settings } from '@/lib/i18n/settings';
import type { FieldProblem } from '@/types/api';

export type FieldName = 'absent' | 'substitute' | 'from' | 'until' | 'reason';
export type Mistakes = Partial<Record<FieldName, string>>;

export interface Wanted {
  absent: number;
  substitute: number | null;
  from: string;
  until: string;
  reason: string;
}

type W = typeof settings.vi;
const names: readonly string[] = ['absent', 'substitute', 'from', 'until', 'reason'];

export function mistakesOfValues(v: Wanted, w: W, t: Words): Mistakes {
  const found: Mistakes = {};
  if (v.substitute === null) found.substitute = w.problems.pick;
  for (const name of ['from', 'until'] as const)
    if (!isRealDay(v[name])) found[name] = v[name] === '' ? t.form.required : t.form.date;
  if (!found.from && !found.until && v.until < v.from) found.until = w.problems.order;
  if (v.reason.trim() === '') found.reason = t.form.required;
  return found;
}

export function mistakesOfProblem(error: Error, w: W): Mistakes {
  if (!(error instanceof Problem)) return {};
  const placed = error.errors.map((e) => [e.pointer.slice(1), textOf(e, w)] as const).filter(([name]) => names.includes(name));
  return Object.fromEntries(placed);
}

function textOf(e: FieldProblem, w: W): string {
  const p = w.problems;
  const byCode: Record<string, string> = {
    past: p.past, order: p.order, self: p.self, circle: p.circle, chain: p.chain, 'no-posts': p.noPosts, overlap: p.overlap, inactive: p.inactive,
    required: p.required, day: p.day, 'too-long': e.pointer === '/reason' ? p.longReason : p.long,
  };
  return byCode[e.code] ?? p.wrong;
}
