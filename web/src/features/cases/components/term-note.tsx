// The note on a term: whose case, which rule, from when, which days do not count, pauses, the date.
import type { ReactNode } from 'react';
import { formatDay, formatDayTime, formatDue, isoToTyped } from '@/lib/dates';
import { useSpeech, useWordsOf } from '@/lib/i18n';
import { note } from '@/lib/i18n/calendar';
import { lawText } from '@/lib/law';
import type { Case, Session, TermExplanation } from '@/types/api';
import { agencyName } from '../agency-name';
import { interruptions, paragraph } from './term-why';

interface Props {
  case: Case;
  why: TermExplanation;
  session: Session;
  /** When it is printed. */
  now: string;
}

export function TermNote({ case: c, why, session, now }: Props) {
  const { t, say } = useSpeech();
  const w = useWordsOf(note);
  return (
    <article className="note">
      <Head case={c} session={session} now={now} />
      <h2>{w.facts}</h2>
      <NoteFacts case={c} why={why} />
      <h2>{w.explanation}</h2>
      <p>{paragraph(why, t, say)}</p>
      <h2>{w.excluded}</h2>
      <Excluded why={why} />
      <h2>{w.interruptions}</h2>
      <Interruptions why={why} />
      <Foot session={session} now={now} />
    </article>
  );
}

/** The agency that prints it, and the day. */
function Head({ case: c, session, now }: Omit<Props, 'why'>) {
  const { say } = useSpeech();
  const w = useWordsOf(note);
  const [day, month, year] = formatDay(now).split('/') as [string, string, string];
  const agency = issuer(c, session);
  return (
    <header>
      <div className="note-head"><strong>{agency && say(agency.name)}</strong><em>{w.place(day, month, year)}</em></div>
      <h2 className="note-title">{w.heading}</h2>
      <p className="note-of">{w.of(c.number)}</p>
    </header>
  );
}

/** Of the agencies where I hold a post, one that has part in the case. */
function issuer(c: Case, session: Session) {
  const own = session.posts.map((p) => p.agency);
  return own.find((a) => a.code === c.owner.code || a.code === c.requester.code) ?? own[0];
}

function NoteFacts({ case: c, why }: Pick<Props, 'case' | 'why'>) {
  const { t, say } = useSpeech();
  const w = useWordsOf(note);
  const rows: [string, ReactNode][] = [
    [w.case, c.number], [w.subject, c.title], [w.requester, say(agencyName(c, c.requester))], [w.owner, say(agencyName(c, c.owner))],
    [w.term, say(why.title)], [w.rule, t.why.units[why.unit](why.amount ?? 0)], [w.law, lawText(why.law)], [w.calendar, say(why.calendar)],
    [w.start, formatDayTime(why.started_at)], [w.countedFrom, why.is_moved && isoToTyped(why.counted_from)], [w.status, w.statuses[why.status]],
    [w.due, why.due_at && <strong key="due">{formatDue(why.due_at, t)}</strong>],
  ];
  return (
    <table className="note-facts"><tbody>{rows.filter(([, value]) => value).map(([name, value]) => (
      <tr key={name}><th scope="row">{name}</th><td>{value}</td></tr>
    ))}</tbody></table>
  );
}

function Excluded({ why }: { why: TermExplanation }) {
  const { t } = useSpeech();
  const w = useWordsOf(note);
  const days = why.days.filter((d) => d.n === null && !['rolled-to', 'extended'].includes(d.why));
  if (days.length === 0) return <p>{w.excludedNone}</p>;
  return (
    <table className="note-days">
      <thead><tr><th scope="col">{w.number}</th><th scope="col">{w.day}</th><th scope="col">{w.why}</th></tr></thead>
      <tbody>{days.map((d, i) => (
        <tr key={d.date}>
          <td>{i + 1}</td>
          <td>{t.why.weekdays[new Date(`${d.date}T00:00:00Z`).getUTCDay()]}, {isoToTyped(d.date)}</td>
          <td>{t.why.reasons[d.why]}{d.name && ` (${d.name})`}</td>
        </tr>
      ))}</tbody>
    </table>
  );
}

function Interruptions({ why }: { why: TermExplanation }) {
  const { t, say } = useSpeech();
  const w = useWordsOf(note);
  const lines = interruptions(why, t, say);
  if (lines.length === 0) return <p>{w.interruptionsNone}</p>;
  return <ol>{lines.map((line, i) => <li key={i}>{line}</li>)}</ol>;
}

function Foot({ session, now }: Pick<Props, 'session' | 'now'>) {
  const w = useWordsOf(note);
  return (
    <footer>
      <div className="note-sign"><strong>{w.signature}</strong><span>{session.person.name}</span></div>
      <p className="note-made">{w.made(session.person.name, formatDayTime(now))}</p>
    </footer>
  );
}
