// The cases that belong to this one: that opened it, that it is about, that it opened, that are about it.
import { Stack, Table, Text } from '@mantine/core';
import { TextLink } from '@/components/ui/link';
import { formatDue } from '@/lib/dates';
import { useSpeech } from '@/lib/i18n';
import type { Case, CaseLine, CaseLink } from '@/types/api';
import { StateBadge } from './case-list';

export const hasLinks = ({ links: l }: Case): boolean =>
  l.parent !== null || l.about !== null || l.children.length + l.about_this.length > 0 || Object.values(l.hidden).some((n) => n > 0);

export function Links({ case: c }: { case: Case }) {
  const { t } = useSpeech();
  const { parent, about, children, about_this: aboutThis, hidden } = c.links;
  const unseen = Object.values(hidden).reduce((sum, n) => sum + n, 0);
  return (
    <Stack gap="md">
      {parent && <One title={t.case.linkParent} line={parent} />}
      {about && <One title={t.case.linkAbout} line={about} />}
      {children.length > 0 && <Children items={children} />}
      {aboutThis.length > 0 && (
        <div>
          <Text fw={600} size="sm" mb={4}>{t.case.linkAboutThis}</Text>
          <ul className="plain-list">{aboutThis.map((line) => <Line key={line.id} line={line} />)}</ul>
        </div>
      )}
      {unseen > 0 && <Text size="sm" c="dimmed">{t.case.linkHidden(unseen)}</Text>}
    </Stack>
  );
}

function One({ title, line }: { title: string; line: CaseLine }) {
  return (
    <div>
      <Text fw={600} size="sm" mb={4}>{title}</Text>
      <ul className="plain-list"><Line line={line} /></ul>
    </div>
  );
}

function Line({ line }: { line: CaseLine }) {
  const { say } = useSpeech();
  return (
    <li className="line">
      <div>
        <TextLink to="/cases/$id" params={{ id: String(line.id) }}>{line.number} – {line.title}</TextLink>
        <Text size="xs" c="dimmed">{say(line.workflow.title)}</Text>
      </div>
      <StateBadge line={line} />
    </li>
  );
}

/** Who was asked and who has not answered; the late and the open ones first. */
function Children({ items }: { items: CaseLink[] }) {
  const { t, say } = useSpeech();
  const open = items.filter((line) => line.is_open).length;
  const rank = (line: CaseLine) => (line.is_overdue ? 0 : line.is_open ? 1 : 2);
  return (
    <div>
      <Text fw={600} size="sm" mb={4}>{t.case.linkChildren(items.length - open, items.length)}</Text>
      <Table className="stacked list" verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr><Table.Th>{t.case.linkAgency}</Table.Th><Table.Th>{t.case.linkCase}</Table.Th><Table.Th>{t.cases.at}</Table.Th><Table.Th>{t.cases.dueAt}</Table.Th></Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {[...items].sort((a, b) => rank(a) - rank(b)).map((line) => (
            <Table.Tr key={line.id} className={line.is_overdue ? 'row-late' : undefined}>
              <Table.Td>{say(line.agency.name)}</Table.Td>
              <Table.Td data-label={t.case.linkCase}><TextLink to="/cases/$id" params={{ id: String(line.id) }} size="sm">{line.number}</TextLink></Table.Td>
              <Table.Td data-label={t.cases.at}><StateBadge line={line} /></Table.Td>
              <Table.Td data-label={t.cases.dueAt}><Text size="sm" className={line.is_overdue ? 'due-late' : undefined}>{line.is_overdue && `${t.due.overdue}: `}{line.is_open && line.due_at ? formatDue(line.due_at, t) : '–'}</Text></Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
