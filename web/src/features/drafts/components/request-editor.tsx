// Writes one case: what it is about, the form of its workflow; saved by itself, sent when it is right.
import { Alert, Button, Group, NativeSelect, Paper, Stack, Text } from '@mantine/core';
import { useCallback, useMemo, useRef, useState } from 'react';
import { AgencyInput } from '@/components/schema-form/agency-input';
import { MistakeSummary } from '@/components/schema-form/mistake-summary';
import { mistakesIn, placeProblems, startValues, valuesToSend, type Mistakes } from '@/components/schema-form/model';
import { focusFirstMistake, SchemaForm } from '@/components/schema-form/schema-form';
import { WarnIcon } from '@/components/ui/icons';
import { TextLink } from '@/components/ui/link';
import { ProblemAlert } from '@/components/ui/state';
import { newKey, Problem } from '@/lib/api-client';
import { useSpeech } from '@/lib/i18n';
import type { Agency, Case, Draft, DraftBody, FieldProblem, Service, Values, Workflow } from '@/types/api';
import { useSubmitRequest } from '../api/drafts';
import { useAutosave } from '../use-autosave';
import { Conflict } from './conflict';
import { SaveMark } from './save-mark';

interface Props {
  /** The one it asks for; or those to choose from, where the workflow knows a service. */
  service: Service | null;
  services?: Service[];
  about: AboutCase | null;
  workflow: Workflow;
  draft: Draft | null;
  agencies: Agency[];
  onCreated: (draft: Draft) => void;
  onSent: (made: Case) => void;
  onDelete: (draft: { id: number; version: number }) => void;
}

export interface AboutCase {
  id: number;
  number: string;
  title: string;
  /** The agency that is named unless another is chosen. */
  party: string | null;
}

const prefix = 'request';
const noFields: FieldProblem[] = [];

export function RequestEditor({ service: fixed, services = [], about, workflow, draft, agencies, onCreated, onSent, onDelete }: Props) {
  const { t, say } = useSpeech();
  const schema = workflow.form;
  const [values, setValues] = useState<Values>(() => startValues(schema, draft?.fields ?? {}));
  const [agency, setAgency] = useState(draft?.agency ?? agencies[0]?.code ?? '');
  const [party, setParty] = useState(draft?.party ?? about?.party ?? '');
  const [serviceCode, setService] = useState(fixed?.code ?? draft?.service ?? '');
  const [mistakes, setMistakes] = useState<Mistakes>({});
  const [rest, setRest] = useState(noFields);
  const save = useAutosave(draft, onCreated);
  const submit = useSubmitRequest();
  const sent = useRef({ text: '', key: '' });
  const service = fixed ?? services.find((s) => s.code === serviceCode) ?? null;
  const items = useMemo(() => service?.items.map((i) => i.name) ?? [], [service]);
  const needsParty = workflow.start.party === 'required';

  interface Sides { agency: string; party: string; service: string }
  const sides: Sides = { agency, party, service: serviceCode };
  const bodyOf = useCallback((fields: Values, from: Sides): DraftBody => ({
    workflow: workflow.id, ...(from.service ? { service: from.service } : {}), ...(from.agency ? { agency: from.agency } : {}),
    ...(needsParty && from.party ? { party: from.party } : {}), ...(about ? { about: about.id } : {}), fields: valuesToSend(schema, fields),
  }), [workflow.id, needsParty, about, schema]);

  const changeValues = (next: Values) => {
    setValues(next);
    setMistakes((was) => stillWrong(was, values, next));
    save.change(bodyOf(next, sides));
  };
  const changeSides = (change: Partial<Sides>) => {
    if (change.agency !== undefined) setAgency(change.agency);
    if (change.party !== undefined) setParty(change.party);
    if (change.service !== undefined) setService(change.service);
    save.change(bodyOf(values, { ...sides, ...change }));
  };
  const showMistakes = (found: Mistakes, others: FieldProblem[]) => {
    setMistakes(found);
    setRest(others);
    requestAnimationFrame(() => focusFirstMistake(schema, found, prefix));
  };
  const send = async () => {
    const found = mistakesIn(schema, values);
    if (Object.keys(found).length > 0) return showMistakes(found, noFields);
    await save.flush();
    if (save.isHeld.current) return; // the other window's version must be met first
    const id = save.known.current.id;
    const body = { ...bodyOf(values, sides), ...(id === null ? {} : { draft: id }) };
    const text = JSON.stringify(body);
    if (sent.current.text !== text) sent.current = { text, key: newKey() };
    submit.mutate({ body, key: sent.current.key }, {
      onSuccess: (made) => { save.stop(); onSent(made); },
      onError: (e) => {
        if (!(e instanceof Problem)) return;
        const placed = placeProblems(schema, '/fields', e.errors);
        showMistakes(placed.mistakes, placed.rest);
      },
    });
  };
  const takeTheirs = (theirs: Draft) => {
    setValues(startValues(schema, theirs.fields));
    if (theirs.agency) setAgency(theirs.agency);
    save.resolve(theirs, null);
  };
  const hasFieldTrouble = Object.keys(mistakes).length + rest.length > 0;
  const state = save.state;
  return (
    <form onSubmit={(e) => { e.preventDefault(); void send(); }} noValidate>
      <Stack gap="md">
        {state.kind === 'conflict' && (
          <Conflict schema={schema} mine={values} theirs={state.theirs} onTakeTheirs={() => takeTheirs(state.theirs)}
            onKeepMine={() => save.resolve(state.theirs, bodyOf(values, sides))} />
        )}
        {state.kind === 'gone' && <Alert color="red" variant="light" icon={<WarnIcon />} role="alert">{t.request.gone}</Alert>}
        <MistakeSummary schema={schema} mistakes={mistakes} rest={rest} idPrefix={prefix} />
        <Paper withBorder className="section">
          <Stack gap="md">
            {about && <Text size="sm">{t.open.about}: <TextLink to="/cases/$id" params={{ id: String(about.id) }}>{about.number} – {about.title}</TextLink></Text>}
            {agencies.length > 1 && (
              <NativeSelect label={t.request.agency} description={t.request.agencyHelp} value={agency} onChange={(e) => changeSides({ agency: e.currentTarget.value })}
                data={agencies.map((a) => ({ value: a.code, label: say(a.name) }))} />
            )}
            {needsParty && <PartyChoice as={workflow.start.party_as} value={party} onChange={(code) => changeSides({ party: code })} />}
            {!fixed && services.length > 0 && (
              <NativeSelect label={t.request.service} value={serviceCode} withAsterisk={workflow.start.service === 'required'} onChange={(e) => changeSides({ service: e.currentTarget.value })}
                data={[{ value: '', label: workflow.start.service === 'required' ? t.form.chooseOne : t.open.noService }, ...services.map((s) => ({ value: s.code, label: `${s.code} – ${s.name}` }))]} />
            )}
            <SchemaForm schema={schema} values={values} mistakes={mistakes} idPrefix={prefix} onChange={changeValues} items={items} grounds={workflow.grounds} />
          </Stack>
        </Paper>
        {submit.error && !hasFieldTrouble && <ProblemAlert error={submit.error} />}
        <div className="action-bar">
          <Group gap="sm">
            <Button type="submit" loading={submit.isPending} disabled={state.kind === 'conflict' || state.kind === 'gone'}>{fixed ? t.request.submit : say(workflow.start.title)}</Button>
            <Button variant="default" onClick={() => void save.flush()} disabled={state.kind !== 'unsaved' && state.kind !== 'failed'}>{t.request.saveNow}</Button>
            {save.known.current.id !== null && (
              <Button variant="subtle" color="red" onClick={() => {
                if (!window.confirm(t.request.deleteSure)) return;
                save.stop();
                onDelete({ id: save.known.current.id!, version: save.known.current.version });
              }}>{t.request.delete}</Button>
            )}
            <SaveMark state={state} />
          </Group>
          <Text size="sm" c="dimmed">{fixed ? t.request.next : t.open.next}</Text>
        </div>
      </Stack>
    </form>
  );
}

function PartyChoice({ as, value, onChange }: { as: 'requester' | 'owner' | null; value: string; onChange: (code: string) => void }) {
  const { t } = useSpeech();
  const label = as === 'requester' ? t.open.partyRequester : t.open.partyOwner;
  return (
    <AgencyInput isRequired value={value} onChange={(code) => onChange(typeof code === 'string' ? code : '')}
      shared={{ id: 'request-party', label, description: undefined, error: undefined, withAsterisk: true, 'aria-required': true }} />
  );
}

/** A mistake goes as soon as its field is changed. */
function stillWrong(mistakes: Mistakes, before: Values, after: Values): Mistakes {
  return Object.fromEntries(Object.entries(mistakes).filter(([name]) => before[name] === after[name]));
}
