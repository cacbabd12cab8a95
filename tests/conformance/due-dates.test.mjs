// The worked examples of terms (tests/unit/terms/examples.tsv) counted again, day by day and second by second, from
// the calendar file alone: it shares no code and no formula with src/terms.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const text = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const vn = JSON.parse(text('calendars/vn.json'));
const agency = JSON.parse(text('tests/unit/terms/agency.json'));

// The calendar that is counted by: what an agency does not say, its base says.
let calendar, listed;
function use(one) {
  calendar = one;
  listed = new Map(one.days.map((day) => [day.date, day]));
}
const ofAgency = { ...vn, ...agency, days: [...vn.days, ...agency.days] };

// Local times are held as if they were UTC.
const days = (date, n) => new Date(Date.parse(`${date}T00:00:00Z`) + n * 86400e3).toISOString().slice(0, 10);
const next = (date) => days(date, 1);
const weekday = (date) => new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
const isWorked = (date) =>
  listed.has(date) ? listed.get(date).kind === 'worked' : calendar.working_weekdays.includes(weekday(date));

function worked(date) {
  while (!isWorked(date)) date = next(date);
  return date;
}

const hoursOf = (date) => listed.get(date)?.hours ?? calendar.office_hours;
const isLate = ({ date, time }) => !isWorked(date) || time > `${hoursOf(date).at(-1).to}:00`;
const dayOfEvent = (start) => (isLate(start) ? worked(next(start.date)) : start.date);
const endOf = (date) => ({ date: next(date), time: '00:00:00' });

function workingDays(start, n) {
  let date = dayOfEvent(start);
  while (n > 0) if (isWorked((date = next(date)))) n--;
  return endOf(date);
}

// Month by month with the dates of a paper calendar: the day's number, or the last that exists.
function months(start, n) {
  let [year, month, day] = start.date.split('-').map(Number);
  for (; n > 0; n--) [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
  const write = () => `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  while (days(write(), 0) !== write()) day--;
  return endOf(worked(write()));
}

function yearly(start, on) {
  let date = start.date;
  while (!date.endsWith(`-${on}`)) date = next(date);
  return endOf(date);
}

const seconds = (time) => time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
const clock = (s) => [s / 3600, (s / 60) % 60, s % 60].map((part) => String(Math.floor(part)).padStart(2, '0')).join(':');
const spansOf = (date) => hoursOf(date).map((h) => [seconds(`${h.from}:00`), seconds(`${h.to}:00`)]);

// Ticks through the seconds of the office from an instant on; `stop` is asked after each and ends it.
function walk(from, stop) {
  for (let date = from.date, s = seconds(from.time); ; date = next(date), s = 0) {
    const spans = isWorked(date) ? spansOf(date) : [];
    for (; s < 86400; s++)
      if (spans.some(([open, close]) => s >= open && s < close) && stop(date, s + 1)) return { date, time: clock(s + 1) };
  }
}

const workingSeconds = (from, n) => walk(from, () => --n === 0);

function share(start, due, percent) {
  let whole = 0;
  const isAfter = (date, s) => date > due.date || (date === due.date && s > seconds(due.time));
  walk(start, (date, s) => {
    if (!isAfter(date, s)) whole++;
    return isAfter(date, s);
  });
  const part = (whole * percent) / 100;
  assert.equal(part, Math.floor(part), 'an example falls on a whole second');
  return part === 0 ? due : workingSeconds(start, part);
}

function hours(start, n) {
  const s = seconds(start.time) + n * 3600;
  return { date: days(start.date, Math.floor(s / 86400)), time: clock(s % 86400) };
}

function due(start, amount, unit, of) {
  switch (unit) {
    case 'working_days':
      return workingDays(start, Number(amount));
    case 'calendar_days':
      return endOf(worked(days(dayOfEvent(start), Number(amount))));
    case 'months':
      return months(start, Number(amount));
    case 'yearly':
      return yearly(start, amount);
    case 'hours':
      return hours(start, Number(amount));
    case 'working_hours':
      return workingSeconds(start, Number(amount) * 3600);
    case 'percent':
      return share(start, due(start, ...of.split(' ')), Number(amount));
    case 'date':
      return endOf(days(of, -Number(amount)));
  }
  throw new Error(`no unit ${unit}`);
}

// "2022-11-28 24:00" is the first instant of the 29th.
function instant(written) {
  const [date, time] = written.split(' ');
  return time === '24:00' ? endOf(date) : { date, time: time.length === 5 ? `${time}:00` : time };
}

const examples = (path) =>
  text(path)
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => line.split('\t'));

for (const [whose, one, path, least] of [
  ['the province', vn, 'tests/unit/terms/examples.tsv', 80],
  ['an agency', ofAgency, 'tests/unit/terms/agency-examples.tsv', 15],
])
  test(`each worked example of a due date in the calendar of ${whose} is counted the same by other means`, () => {
    use(one);
    assert.ok(examples(path).length >= least);
    for (const [start, amount, unit, of, expected, why] of examples(path))
      assert.deepEqual(due(instant(start), amount, unit, of), instant(expected), `${start} ${amount} ${unit} ${of}: ${why}`);
  });

test('a day stands in the calendar once, within its years, with its source', () => {
  assert.equal(new Set(vn.days.map((day) => day.date)).size, vn.days.length);
  for (const day of vn.days) {
    assert.ok(day.date >= `${vn.first_year}-01-01` && day.date <= `${vn.last_year}-12-31`, day.date);
    assert.ok(day.source, day.date);
  }
});
