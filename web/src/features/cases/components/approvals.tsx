// Who has to agree here, who has, and whether that is enough.
import { Badge, Group, Stack, Text } from '@mantine/core';
import { CheckIcon, ClockIcon } from '@/components/ui/icons';
import { formatDayTime } from '@/lib/dates';
import { useSpeech } from '@/lib/i18n';
import type { Approval, Case } from '@/types/api';
import { agencyName } from '../agency-name';

export function Approvals({ case: c }: { case: Case }) {
  return <Stack gap="md">{c.approvals.map((a) => <One key={a.state} approval={a} case={c} />)}</Stack>;
}

function One({ approval: a, case: c }: { approval: Approval; case: Case }) {
  const { t, say } = useSpeech();
  const rule = a.rule === 'all' ? t.case.agreeAll : a.rule === 'any' ? t.case.agreeAny : t.case.agreeSome(a.rule);
  return (
    <div>
      <Group gap="xs" mb={4}>
        <Text fw={600} size="sm">{say(a.title)}</Text>
        <Badge size="sm" variant="light" color={a.holds ? 'green' : 'gray'} className="badge-words">{a.holds ? t.case.agreeEnough : rule}</Badge>
      </Group>
      <ul className="plain-list">
        {a.agreed.map((p) => (
          <li key={`${p.agency.code} ${p.post}`} className="mark"><CheckIcon size={16} /><Text size="sm">{say(p.post_title)}, {say(agencyName(c, p.agency))}: {t.case.agreed(p.name, formatDayTime(p.at))}</Text></li>
        ))}
        {a.waiting.map((p) => (
          <li key={`${p.agency.code} ${p.post}`} className="mark"><ClockIcon size={16} /><Text size="sm">{say(p.post_title)}, {say(agencyName(c, p.agency))}: {t.case.agreeWaits}</Text></li>
        ))}
      </ul>
    </div>
  );
}
