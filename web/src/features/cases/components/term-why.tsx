// Why a date is what it is: the rule, each day that counts and each that does not, pauses, and all of it as one paragraph to print.
import { Alert, Skeleton, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { TextLink } from '@/components/ui/link';
import { Explanation } from '@/components/ui/state';
import { formatDay, formatDayTime, formatDue, isoToTyped } from '@/lib/dates';
import { lawText } from '@/lib/law';
import { useSpeech, type Words } from '@/lib/i18n';
import type { Case, Term, TermExplanation, TermExtension, Title } from '@/types/api';
import { useTermExplanation } from '../api/cases';

export function TermWhy({ case: c, term }: { case: Case; term: Term }) {
  const { t } = useSpeech();
  const [isOpen, setOpen] = useState(false);
  const why = useTermExplanation(c.id, term.term, c.version, isOpen);
  return (
    <details className="small-details" onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>{t.why.ask}</summary>
      {isOpen && why.isPending && <Skeleton height={60} />}
      {why.error && <Alert color="red" variant="light" role="alert"><Explanation error={why.error} /></Alert>}
      {why.data && <Answer why={why.data} />}
      {why.data && <TextLink to="/cases/$id/terms/$term/note" params={{ id: String(c.id), term: term.term }} size="sm">{t.why.note}</TextLink>}
    </details>
  );
}

function Answer({ why }: { why: TermExplanation }) {
  const { t, say } = useSpeech();
  return (
    <div className="why">
      <Text size="sm">{paragraph(why, t, say)}</Text>
      {why.days.length > 0 && <Days days={why.days} />}
    </div>
  );
}

function Days({ days }: { days: TermExplanation['days'] }) {
  const { t } = useSpeech();
  return (
    <Table className="why-days" verticalSpacing={2} aria-label={t.why.days}>
      <Table.Tbody>{days.map((d) => (
        <Table.Tr key={d.date} className={d.n === null ? 'why-out' : undefined}>
          <Table.Td>{t.why.weekdays[new Date(`${d.date}T00:00:00Z`).getUTCDay()]} {isoToTyped(d.date)}</Table.Td>
          <Table.Td>{d.n === null ? t.why.reasons[d.why] : t.why.nth(d.n)}{d.name && ` (${d.name})`}{d.n !== null && d.why !== 'counts' && ` – ${t.why.reasons[d.why]}`}</Table.Td>
        </Table.Tr>
      ))}</Table.Tbody>
    </Table>
  );
}

/** One paragraph of an official letter; nothing in it that the answer does not say. */
export function paragraph(why: TermExplanation, t: Words, say: Say): string {
  const w = t.why;
  const law = lawText(why.law);
  const off = why.days.filter((d) => d.why === 'off' && d.name).map((d) => `${isoToTyped(d.date)} (${d.name})`);
  return [
    w.rule(say(why.title), w.units[why.unit](why.amount ?? 0), law),
    w.start(formatDayTime(why.started_at)),
    why.is_moved && w.moved(isoToTyped(why.counted_from)),
    w.counting[why.unit],
    off.length > 0 && w.off(off.join('; ')),
    ...interruptions(why, t, say),
    why.due_at && w.result(formatDue(why.due_at, t)),
  ].filter(Boolean).join(' ');
}

type Say = (title: Title | null | undefined) => string;

/** Pauses and extensions, a sentence each, as they came. */
export function interruptions(why: TermExplanation, t: Words, say: Say): string[] {
  const pauses = why.pauses.map((p) => ({ at: p.from, text: t.why.pause(formatDay(p.from), p.until ? formatDay(p.until) : null, p.left) }));
  const extensions = why.extensions.map((e) => ({ at: e.at, text: extension(e, t, say) }));
  return [...pauses, ...extensions].sort((a, b) => (a.at < b.at ? -1 : 1)).map((one) => one.text);
}

function extension(e: TermExtension, t: Words, say: Say): string {
  const w = t.why;
  const law = lawText(e.law);
  return [
    w.extension(formatDay(e.at), e.by, w.units[e.unit](e.amount)),
    e.after ? w.extendedUntil(formatDue(e.after, t)) : w.extendedLeft,
    law && `(${law})`,
  ].filter(Boolean).join(' ') + [e.ground && w.extendedBy(say(e.ground.title)), e.reason && w.extendedAs(e.reason.trim())]
    .filter(Boolean).map((part) => `; ${part}`).join('').replace(/\.?$/, '.');
}
