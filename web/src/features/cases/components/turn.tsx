// Whose turn it is and by when: open tasks with the people who hold the post, and the terms that run.
import { Alert, Badge, Group, Stack, Text } from '@mantine/core';
import { Due } from '@/components/ui/due';
import { PauseIcon, WarnIcon } from '@/components/ui/icons';
import { formatDayTime } from '@/lib/dates';
import { useSpeech, type Words } from '@/lib/i18n';
import type { Case, CaseTask, Term, Title } from '@/types/api';
import { agencyName } from '../agency-name';
import { lawWords } from './action-dialog';
import { TermWhy } from './term-why';

export function Turn({ case: c }: { case: Case }) {
  const { t } = useSpeech();
  return (
    <Stack gap="md">
      {c.incidents ? <Alert color="red" variant="light" icon={<WarnIcon />}>{t.case.incidents}</Alert> : null}
      {c.clock === 'paused' && <Alert color="orange" variant="light" icon={<PauseIcon />}>{t.case.paused}</Alert>}
      {c.tasks.length === 0 && <Text size="sm">{t.case.noTasks}</Text>}
      {c.tasks.length > 0 && <ul className="plain-list" aria-label={t.case.tasks}>{c.tasks.map((task) => <TaskRow key={task.id} task={task} agency={agencyName(c, task.agency)} />)}</ul>}
      {c.terms.length > 0 && (
        <div>
          <Text fw={600} size="sm" mb={4}>{t.case.terms}</Text>
          <ul className="plain-list" aria-label={t.case.terms}>{c.terms.map((term) => <TermRow key={term.term} case={c} term={term} />)}</ul>
        </div>
      )}
    </Stack>
  );
}

function TaskRow({ task, agency }: { task: CaseTask; agency: Title }) {
  const { t, say } = useSpeech();
  return (
    <li className={task.is_overdue ? 'line line-late' : 'line'}>
      <div>
        <Group gap="xs">
          <Text fw={600}>{say(task.title)}</Text>
          {task.is_mine && <Badge size="sm" className="badge-words">{t.case.mine}</Badge>}
        </Group>
        <Text size="sm">{say(task.post_title)}, {say(agency)}</Text>
        <Text size="sm" c="dimmed">
          {holdersText(task, t)} · {t.case.since(formatDayTime(task.since))}
        </Text>
      </div>
      <Due time={task} />
    </li>
  );
}

function holdersText(task: CaseTask, t: Words): string {
  if (task.holders.length === 0) return t.case.noHolder;
  const names = task.holders.join(', ');
  return task.falls_to ? t.case.fallsTo(names) : `${t.case.holders}: ${names}`;
}

function TermRow({ case: c, term }: { case: Case; term: Term }) {
  const { t, say } = useSpeech();
  return (
    <li className="line">
      <div>
        <Text size="sm">{say(term.title)}{term.extensions ? ` (${t.case.extended(term.extensions)})` : ''}</Text>
        <Text size="xs" c="dimmed">{t.case.termFrom(formatDayTime(term.started_at))}{lawWords(term.law, t.case.law)}</Text>
        <TermWhy case={c} term={term} />
      </div>
      {c.clock === 'paused' && term.due_at === null ? <Text size="sm" c="dimmed">{t.case.termPaused}</Text> : <Due time={term} />}
    </li>
  );
}
