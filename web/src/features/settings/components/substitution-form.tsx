// Names a substitute: who, from when, until when, why; one sentence says what it means before it is sent.
import { Alert, Button, NativeSelect, Stack, Text, Textarea } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { DateInput } from '@/components/schema-form/date-input';
import { ProblemAlert } from '@/components/ui/state';
import { useAgencies } from '@/lib/agencies';
import { Problem } from '@/lib/api-client';
import { isoToTyped, isRealDay } from '@/lib/dates';
import { useSpeech, useWordsOf } from '@/lib/i18n';
import { settings } from '@/lib/i18n/settings';
import type { Colleague, Session } from '@/types/api';
import { useAddSubstitution, usePeople } from '../api/settings';
import { mistakesOfProblem, mistakesOfValues, type FieldName, type Mistakes, type Wanted } from '../mistakes';

const order: FieldName[] = ['absent', 'substitute', 'from', 'until', 'reason'];
const idOf = (name: FieldName) => `substitution-${name}`;

interface Props {
  session: Session;
  /** The codes of my agencies, which stand first. */
  own: string[];
  /** When it begins unless something else is chosen. */
  today: string;
  onDone: (substitute: string) => void;
}

export function SubstitutionForm({ session, own, today, onDone }: Props) {
  const { t } = useSpeech();
  const w = useWordsOf(settings);
  const add = useAddSubstitution();
  const [agency, setAgency] = useState(own[0] ?? '');
  const [wanted, setWanted] = useState<Wanted>({ absent: session.person.id, substitute: null, from: today, until: '', reason: '' });
  const [mistakes, setMistakes] = useState<Mistakes>({});
  const people = usePeople(agency);
  const candidates = (people.data?.items ?? []).filter((p) => p.id !== wanted.absent);
  const named = candidates.find((p) => p.id === wanted.substitute);
  const set = (part: Partial<Wanted>) => {
    add.reset();
    setMistakes((was) => Object.fromEntries(Object.entries(was).filter(([name]) => !(name in part))));
    setWanted({ ...wanted, ...part });
  };
  const show = (found: Mistakes) => {
    setMistakes(found);
    const first = order.find((name) => found[name]);
    if (first) requestAnimationFrame(() => document.getElementById(idOf(first))?.focus());
  };
  const submit = (e: FormEvent) => {
    e.preventDefault();
    const found = mistakesOfValues(wanted, w, t);
    if (Object.keys(found).length > 0 || !named) return show(found);
    const { absent, ...rest } = wanted;
    add.mutate({ ...rest, reason: wanted.reason.trim(), substitute: named.id, ...(absent !== session.person.id && { absent }) }, {
      onSuccess: () => onDone(named.name),
      onError: (problem) => show(mistakesOfProblem(problem, w)),
    });
  };
  const shared = (name: FieldName, label: string) => ({ id: idOf(name), label, error: mistakes[name], withAsterisk: true, 'aria-required': true, description: undefined });
  const hasPlace = add.error instanceof Problem && Object.keys(mistakes).length > 0;
  return (
    <form onSubmit={submit} noValidate aria-label={w.add} className="inner-form">
      <Stack gap="md">
        <div className="fields">
          <AbsentSelect session={session} shared={shared('absent', w.absent)} value={wanted.absent} onChange={(absent) => set({ absent, substitute: null })} />
          <AgencySelect label={w.agency} own={own} value={agency} onChange={(code) => { setAgency(code); set({ substitute: null }); }} />
          <PersonSelect shared={shared('substitute', w.substitute)} people={candidates} none={people.isSuccess && candidates.length === 0 ? w.nobody : undefined}
            value={wanted.substitute} onChange={(substitute) => set({ substitute })} />
          <DateInput shared={shared('from', w.from)} value={wanted.from} onChange={(from) => set({ from: from ?? '' })} />
          <DateInput shared={shared('until', w.until)} value={wanted.until} onChange={(until) => set({ until: until ?? '' })} />
          <Textarea {...shared('reason', w.reason)} description={w.reasonHelp} className="field-wide" autosize minRows={2} maxLength={300} value={wanted.reason}
            onChange={(e) => set({ reason: e.currentTarget.value })} />
        </div>
        <Meaning wanted={wanted} substitute={named} session={session} />
        {add.error && !hasPlace && <ProblemAlert error={add.error} />}
        <div><Button type="submit" loading={add.isPending}>{w.send}</Button></div>
      </Stack>
    </form>
  );
}

type SelectShared = { id: string; label: string; error: string | undefined; withAsterisk: boolean };

/** The agency for whose people this person may speak: a head's or an operator's own. */
function ledBy(session: Session): string {
  return session.posts.find((p) => !p.on_behalf_of && (p.post === 'head' || session.operates))?.agency.code ?? '';
}

function AbsentSelect({ session, shared, value, onChange }: { session: Session; shared: SelectShared; value: number; onChange: (id: number) => void }) {
  const w = useWordsOf(settings);
  const led = ledBy(session);
  const people = usePeople(led);
  const others = (people.data?.items ?? []).filter((p) => p.id !== session.person.id);
  if (led === '') return null;
  const data = [{ value: String(session.person.id), label: w.me(session.person.name) }, ...others.map((p) => ({ value: String(p.id), label: p.name }))];
  return <NativeSelect {...shared} data={data} value={String(value)} onChange={(e) => onChange(Number(e.currentTarget.value))} className="field-wide" />;
}

function AgencySelect({ label, own, value, onChange }: { label: string; own: string[]; value: string; onChange: (code: string) => void }) {
  const { say } = useSpeech();
  const agencies = useAgencies();
  const isOwn = (code: string) => (own.includes(code) ? 0 : 1);
  const sorted = [...(agencies.data?.items ?? [])].sort((a, b) => isOwn(a.code) - isOwn(b.code) || say(a.name).localeCompare(say(b.name), 'vi'));
  return <NativeSelect label={label} data={sorted.map((a) => ({ value: a.code, label: say(a.name) }))} value={value} onChange={(e) => onChange(e.currentTarget.value)} />;
}

function PersonSelect({ shared, people, none, value, onChange }: {
  shared: SelectShared; people: Colleague[]; none?: string; value: number | null; onChange: (id: number | null) => void;
}) {
  const { t, say } = useSpeech();
  const nameOf = (p: Colleague) => [p.name, p.posts.map((post) => say(post.title)).join(', ')].filter(Boolean).join(' – ');
  const data = [{ value: '', label: none ?? t.form.chooseOne }, ...people.map((p) => ({ value: String(p.id), label: nameOf(p) }))];
  return <NativeSelect {...shared} data={data} value={value === null ? '' : String(value)} onChange={(e) => onChange(e.currentTarget.value ? Number(e.currentTarget.value) : null)} />;
}

function Meaning({ wanted, substitute, session }: { wanted: Wanted; substitute: Colleague | undefined; session: Session }) {
  const w = useWordsOf(settings);
  const people = usePeople(wanted.absent === session.person.id ? '' : ledBy(session));
  if (!substitute || !isRealDay(wanted.from) || !isRealDay(wanted.until) || wanted.until < wanted.from) return null;
  const span = w.span(isoToTyped(wanted.from), isoToTyped(wanted.until));
  const absent = people.data?.items.find((p) => p.id === wanted.absent);
  const text = absent ? w.meansOther(substitute.name, absent.name, span) : w.meansMe(substitute.name, span);
  return <Alert color="brand" variant="light"><Text size="sm">{text} {w.meansBoth}</Text></Alert>;
}
