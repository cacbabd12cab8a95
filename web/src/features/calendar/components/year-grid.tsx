// Twelve months at a glance. A listed day is a button that shows its line in the list.
import { useWordsOf } from '@/lib/i18n';
import { calendar } from '@/lib/i18n/calendar';
import { isoToTyped } from '@/lib/dates';
import type { CalendarDay, CalendarYear } from '@/types/api';
import { kindOf, weeksOf } from '../month-days';

interface Props {
  year: CalendarYear;
  today: string;
  chosen: string | null;
  onChoose: (day: string) => void;
}

export function YearGrid(props: Props) {
  const w = useWordsOf(calendar);
  return <div className="months">{w.months.map((name, i) => <Month key={name} name={name} month={i} {...props} />)}</div>;
}

function Month({ name, month, year, today, chosen, onChoose }: Props & { name: string; month: number }) {
  const w = useWordsOf(calendar);
  const listed = new Map(year.days.map((d) => [d.date, d]));
  return (
    <table className="month">
      <caption>{name}</caption>
      <thead><tr>{w.short.map((s, i) => <th key={s} scope="col" abbr={w.weekdays[i]}>{s}</th>)}</tr></thead>
      <tbody>{weeksOf(year.year, month).map((week, i) => (
        <tr key={week.find(Boolean) ?? i}>{week.map((day, j) => (day === null ? <td key={`none ${j}`} /> : (
          <td key={day} className={`day day-${kindOf(day, listed.get(day), year.working_weekdays)}${day === today ? ' day-today' : ''}`} aria-current={day === today ? 'date' : undefined}>
            <Day day={day} listed={listed.get(day)} working={year.working_weekdays} isChosen={day === chosen} onChoose={onChoose} />
          </td>
        )))}</tr>
      ))}</tbody>
    </table>
  );
}

function Day({ day, listed, working, isChosen, onChoose }: {
  day: string; listed: CalendarDay | undefined; working: number[]; isChosen: boolean; onChoose: (day: string) => void;
}) {
  const w = useWordsOf(calendar);
  const number = Number(day.slice(8));
  if (!listed) return <span>{number}</span>;
  const kind = kindOf(day, listed, working);
  const words = [listed.name, kind !== 'plain' && w.kinds[kind]].filter(Boolean).join(', ');
  return (
    <button type="button" className="day-button" title={`${isoToTyped(day)}: ${words}`} aria-pressed={isChosen} onClick={() => onChoose(day)}>
      {number}<span className="sr"> {w.months[Number(day.slice(5, 7)) - 1]}: {words}</span>
    </button>
  );
}
