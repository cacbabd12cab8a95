// A deadline: the days left in words, with a sign and weight so that colour is not the only mark.
import { Text } from '@mantine/core';
import { daysLeft, urgency, type Urgency } from '@/lib/days-left';
import { formatDue } from '@/lib/dates';
import { useSpeech } from '@/lib/i18n';
import type { TaskTime } from '@/types/api';
import { ClockIcon, WarnIcon } from './icons';

const looks: Record<Urgency, string> = { none: 'due-none', calm: 'due-calm', soon: 'due-soon', late: 'due-late' };

export function Due({ time, withDate = true }: { time: TaskTime; withDate?: boolean }) {
  const { t } = useSpeech();
  const how = urgency(time);
  return (
    <div className="due">
      <span className={`due-words ${looks[how]}`}>
        {how === 'late' ? <WarnIcon size={15} /> : how === 'soon' ? <ClockIcon size={15} /> : null}
        {daysLeft(time, t)}
      </span>
      {withDate && time.due_at && <Text component="span" size="xs" c="dimmed">{t.due.due}: {formatDue(time.due_at, t)}</Text>}
    </div>
  );
}
