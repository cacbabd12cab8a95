// Sends one event: its form, and what happens when somebody else was faster. What was typed stays.
import { Alert, Button, Group, List, Modal, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { MistakeSummary } from '@/components/schema-form/mistake-summary';
import { mistakesIn, placeProblems, startValues, valuesToSend, type Mistakes } from '@/components/schema-form/model';
import { focusFirstMistake, SchemaForm } from '@/components/schema-form/schema-form';
import { PersonIcon, WarnIcon } from '@/components/ui/icons';
import { ProblemAlert } from '@/components/ui/state';
import { newKey, Problem } from '@/lib/api-client';
import { formatDayTime } from '@/lib/dates';
import { lawText } from '@/lib/law';
import { useSpeech } from '@/lib/i18n';
import type { Action, Case, FieldProblem, FormSchema, HistoryEntry, Holding, JsonValue, Values } from '@/types/api';
import { caseKey, fetchCase, useGrounds, useSendEvent } from '../api/cases';
import { actorName } from './history';

interface Props {
  case: Case;
  action: Action;
  /** The version that was on the screen when the dialog was opened. */
  version: number;
  serviceItems: string[];
  onClose: () => void;
  onDone: (title: string) => void;
}

const prefix = 'action';
const emptyForm: FormSchema = {};

export function ActionDialog({ case: c, action, version: opened, serviceItems, onClose, onDone }: Props) {
  const { t, say } = useSpeech();
  const client = useQueryClient();
  const grounds = useGrounds(c.workflow.id);
  const send = useSendEvent(c.id);
  const schema = action.form ?? emptyForm;
  const [values, setValues] = useState<Values>(() => startValues(schema, action.values ?? {}));
  const [mistakes, setMistakes] = useState<Mistakes>({});
  const [rest, setRest] = useState<FieldProblem[]>([]);
  const [version, setVersion] = useState(opened);
  const [news, setNews] = useState<{ entries: HistoryEntry[]; isPossible: boolean } | null>(null);
  const sent = useRef({ text: '', key: '' });

  const showMistakes = (found: Mistakes, others: FieldProblem[]) => {
    setMistakes(found);
    setRest(others);
    requestAnimationFrame(() => focusFirstMistake(schema, found, prefix));
  };
  const learnNews = async () => {
    const now = await fetchCase(c.id);
    client.setQueryData(caseKey(c.id), now);
    setNews({ entries: now.history.filter((e) => e.version > version), isPossible: now.can.some((a) => a.type === action.type) });
    setVersion(now.version);
  };
  const submit = () => {
    const found = mistakesIn(schema, values);
    if (Object.keys(found).length > 0) return showMistakes(found, []);
    const data = action.form ? valuesToSend(schema, values) : null;
    const text = JSON.stringify([action.type, data, version]);
    if (sent.current.text !== text) sent.current = { text, key: newKey() };
    send.mutate({ type: action.type, data, version, key: sent.current.key }, {
      onSuccess: () => onDone(say(action.title)),
      onError: (e) => {
        if (!(e instanceof Problem)) return;
        if (e.status === 412) void learnNews();
        const placed = placeProblems(schema, '/data', e.errors);
        showMistakes(placed.mistakes, placed.rest);
      },
    });
  };
  const change = (next: Values) => {
    setMistakes((was) => Object.fromEntries(Object.entries(was).filter(([name]) => values[name] === next[name])));
    setValues(next);
  };
  const isStale = send.error instanceof Problem && send.error.status === 412;
  const hasFieldTrouble = Object.keys(mistakes).length + rest.length > 0;
  return (
    <Modal opened onClose={onClose} title={say(action.title)} size="lg" closeOnClickOutside={false} closeButtonProps={{ 'aria-label': t.common.close }}>
      <form onSubmit={(e) => { e.preventDefault(); submit(); }} noValidate>
        <Stack gap="md">
          <Text size="sm" c="dimmed">{c.number} · {c.title}</Text>
          <OnBehalf as={action.as} />
          {news && <News entries={news.entries} isPossible={news.isPossible} />}
          <MistakeSummary schema={schema} mistakes={mistakes} rest={rest} idPrefix={prefix} />
          <SchemaForm schema={schema} values={values} mistakes={mistakes} idPrefix={prefix} onChange={change}
            items={itemsFor(schema, c, serviceItems)} grounds={grounds.data?.grounds ?? {}} />
          {send.error && !isStale && !hasFieldTrouble && <Refused error={send.error} action={action} />}
          {action.tone === 'danger' && <Text size="sm" fw={600}>{t.case.confirmNote}</Text>}
          <Text size="xs" c="dimmed">{t.case.as(say(action.as.title), say(action.as.agency.name))}{lawWords(action.law, t.case.law)}</Text>
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>{t.common.cancel}</Button>
            <Button type="submit" color={action.tone === 'danger' ? 'red' : undefined} loading={send.isPending} disabled={news !== null && !news.isPossible}>
              {say(action.title)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** Whose work this is, where it is not the person's own. */
function OnBehalf({ as }: { as: Holding }) {
  const { t, say } = useSpeech();
  const text = as.on_behalf_of ? t.case.asFor(as.on_behalf_of) : as.is_vacant ? t.case.asVacant(say(as.title)) : null;
  return text && <Alert color="orange" variant="light" icon={<PersonIcon />}>{text}</Alert>;
}

/** What a rule of the workflow asks for is said in its own words. */
function Refused({ error, action }: { error: Error; action: Action }) {
  const { say } = useSpeech();
  const isByRule = error instanceof Problem && error.code === 'not-in-this-state' && action.refusal !== null;
  if (!isByRule) return <ProblemAlert error={error} />;
  return <Alert color="red" variant="light" icon={<WarnIcon />} role="alert">{say(action.refusal)}</Alert>;
}

export function lawWords(law: string | null, label: string): string {
  const text = lawText(law);
  return text ? ` · ${label}: ${text}` : '';
}

function News({ entries, isPossible }: { entries: HistoryEntry[]; isPossible: boolean }) {
  const { t, say } = useSpeech();
  return (
    <Alert color="orange" variant="light" icon={<WarnIcon />} title={t.case.staleTitle} role="alert">
      <Text size="sm">{isPossible ? t.case.staleText : t.case.staleGone}</Text>
      <List size="sm">
        {entries.map((e) => <List.Item key={e.version}>{t.case.staleWho(actorName(e, t), say(e.title), formatDayTime(e.at))}</List.Item>)}
      </List>
    </Alert>
  );
}

/** x-within narrows the items on offer to those of the request ("fields.items"). */
function itemsFor(schema: FormSchema, c: Case, serviceItems: string[]): string[] {
  const within = Object.values(schema.properties ?? {}).find((p) => p['x-widget'] === 'items')?.['x-within'];
  const asked: JsonValue | undefined = within?.startsWith('fields.') ? c.fields[within.slice('fields.'.length)] : undefined;
  return Array.isArray(asked) ? asked.filter((v): v is string => typeof v === 'string') : serviceItems;
}
