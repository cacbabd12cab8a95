// The matrix of rights of one process: in each state, what may be done and by whom.
import { Table, Text } from '@mantine/core';
import { useSpeech } from '@/lib/i18n';
import type { By, Rights, RightsChoice, RightsState } from '@/types/api';

export function RightsTable({ rights }: { rights: Rights }) {
  const { t } = useSpeech();
  return (
    <Table className="stacked list rights" verticalSpacing="xs">
      <Table.Thead>
        <Table.Tr><Table.Th>{t.rights.at}</Table.Th><Table.Th>{t.rights.event}</Table.Th><Table.Th>{t.rights.who}</Table.Th></Table.Tr>
      </Table.Thead>
      <Table.Tbody>{rights.states.map((state) => <StateRows key={state.state} state={state} rights={rights} />)}</Table.Tbody>
    </Table>
  );
}

interface Line {
  key: string;
  choice: RightsChoice;
}

/** Choices for the same people under the same name are one line: guards only decide where they lead. */
function linesOf(state: RightsState): Line[] {
  const lines = new Map<string, Line>();
  for (const { event, choices } of state.events)
    for (const choice of choices) {
      const key = JSON.stringify([event, choice.title, choice.by, choice.not]);
      if (!lines.has(key)) lines.set(key, { key, choice });
    }
  return [...lines.values()];
}

function StateRows({ state, rights }: { state: RightsState; rights: Rights }) {
  const { t, say } = useSpeech();
  const lines = linesOf(state);
  if (lines.length === 0) {
    return <Table.Tr><Table.Td fw={600}>{say(state.title)}</Table.Td><Table.Td colSpan={2}><Text size="sm" c="dimmed">{t.rights.nobody}</Text></Table.Td></Table.Tr>;
  }
  return (
    <>{lines.map(({ key, choice }, i) => (
      <Table.Tr key={key} className={i === 0 ? 'rights-state' : undefined}>
        {i === 0 && <Table.Td rowSpan={lines.length} fw={600}>{say(state.title)}</Table.Td>}
        <Table.Td data-label={t.rights.event}>{say(choice.title)}</Table.Td>
        <Table.Td data-label={t.rights.who}><Who choice={choice} rights={rights} /></Table.Td>
      </Table.Tr>
    ))}</>
  );
}

function Who({ choice, rights }: { choice: RightsChoice; rights: Rights }) {
  const { t } = useSpeech();
  const words = useByWords(rights);
  const not = choice.not.map((rule) => t.rights.not[typeof rule === 'string' ? rule : 'agreed']).filter(Boolean);
  return (
    <div>
      <Text size="sm">{choice.by.map(words).join('; ')}</Text>
      {not.length > 0 && <Text size="xs" c="dimmed">{not.join('; ')}</Text>}
    </div>
  );
}

export function useByWords(rights: Rights): (by: By) => string {
  const { t, say } = useSpeech();
  return (by) => `${say(rights.posts[by.post]) || by.post}, ${say(rights.sides[by.of]) || by.of}${by.when === undefined ? '' : ` (${t.rights.when})`}`;
}
