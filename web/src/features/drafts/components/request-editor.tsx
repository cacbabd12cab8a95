// Writes one request: the form of the workflow, saved by itself, sent when it is right.
import { Alert, Button, Group, NativeSelect, Paper, Stack, Text } from '@mantine/core';
import { useCallback, useMemo, useRef, useState } from 'react';
import { MistakeSummary } from '@/components/schema-form/mistake-summary';
import { mistakesIn, placeProblems, startValues, valuesToSend, type Mistakes } from '@/components/schema-form/model';
import { focusFirstMistake, SchemaForm } from '@/components/schema-form/schema-form';
import { WarnIcon } from '@/components/ui/icons';
import { ProblemAlert } from '@/components/ui/state';
import { newKey, Problem } from '@/lib/api-client';
import { useSpeech } from '@/lib/i18n';
import type { Agency, Case, Draft, DraftBody, FieldProblem, Service, Values, Workflow } from '@/types/api';
import { useSubmitRequest } from '../api/drafts';
import { useAutosave } from '../use-autosave';
import { Conflict } from './conflict';
import { SaveMark } from './save-mark';

interface Props {
  service: Service;
  workflow: Workflow;
  draft: Draft | null;
  agencies: Agency[];
  onCreated: (draft: Draft) => void;
  onSent: (made: Case) => void;
  onDelete: (draft: { id: number; version: number }) => void;
}

const prefix = 'request';
const noFields: FieldProblem[] = [];

export function RequestEditor({ service, workflow, draft, agencies, onCreated, onSent, onDelete }: Props) {
  const { t, say } = useSpeech();
  const schema = workflow.form;
  const [values, setValues] = useState<Values>(() => startValues(schema, draft?.fields ?? {}));
  const [agency, setAgency] = useState(draft?.agency ?? agencies[0]?.code ?? '');
  const [mistakes, setMistakes] = useState<Mistakes>({});
  const [rest, setRest] = useState(noFields);
  const save = useAutosave(draft, onCreated);
  const submit = useSubmitRequest();
  const sent = useRef({ text: '', key: '' });
  const items = useMemo(() => service.items.map((i) => i.name), [service]);

  const bodyOf = useCallback((fields: Values, from: string): DraftBody => ({
    workflow: workflow.id, service: service.code, ...(from ? { agency: from } : {}), fields: valuesToSend(schema, fields),
  }), [workflow.id, service.code, schema]);

  const changeValues = (next: Values) => {
    setValues(next);
    setMistakes((was) => stillWrong(was, values, next));
    save.change(bodyOf(next, agency));
  };
  const changeAgency = (code: string) => {
    setAgency(code);
    save.change(bodyOf(values, code));
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
    const body = { ...bodyOf(values, agency), ...(id === null ? {} : { draft: id }) };
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
            onKeepMine={() => save.resolve(state.theirs, bodyOf(values, agency))} />
        )}
        {state.kind === 'gone' && <Alert color="red" variant="light" icon={<WarnIcon />} role="alert">{t.request.gone}</Alert>}
        <MistakeSummary schema={schema} mistakes={mistakes} rest={rest} idPrefix={prefix} />
        <Paper withBorder className="section">
          <Stack gap="md">
            {agencies.length > 1 && (
              <NativeSelect label={t.request.agency} description={t.request.agencyHelp} value={agency} onChange={(e) => changeAgency(e.currentTarget.value)}
                data={agencies.map((a) => ({ value: a.code, label: say(a.name) }))} />
            )}
            <SchemaForm schema={schema} values={values} mistakes={mistakes} idPrefix={prefix} onChange={changeValues} items={items} grounds={workflow.grounds} />
          </Stack>
        </Paper>
        {submit.error && !hasFieldTrouble && <ProblemAlert error={submit.error} />}
        <div className="action-bar">
          <Group gap="sm">
            <Button type="submit" loading={submit.isPending} disabled={state.kind === 'conflict' || state.kind === 'gone'}>{t.request.submit}</Button>
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
          <Text size="sm" c="dimmed">{t.request.next}</Text>
        </div>
      </Stack>
    </form>
  );
}

/** A mistake goes as soon as its field is changed. */
function stillWrong(mistakes: Mistakes, before: Values, after: Values): Mistakes {
  return Object.fromEntries(Object.entries(mistakes).filter(([name]) => before[name] === after[name]));
}
