// Says, always in sight, whether what was typed is saved.
import { Text } from '@mantine/core';
import { CheckIcon, WarnIcon } from '@/components/ui/icons';
import { formatTime } from '@/lib/dates';
import { useSpeech } from '@/lib/i18n';
import type { SaveState } from '../use-autosave';

export function SaveMark({ state }: { state: SaveState }) {
  const { t } = useSpeech();
  const r = t.request;
  const isBad = state.kind === 'failed' || state.kind === 'gone' || state.kind === 'conflict';
  const words = {
    untouched: r.notYet, unsaved: r.unsaved, saving: r.saving, failed: r.saveFailed, gone: r.gone, conflict: r.conflictTitle,
    saved: state.kind === 'saved' ? r.saved(formatTime(state.at)) : '',
  }[state.kind];
  return (
    <Text size="sm" className={isBad ? 'save-mark due-late' : 'save-mark'} role="status">
      {state.kind === 'saved' && <CheckIcon size={15} />}
      {isBad && <WarnIcon size={15} />}
      {words}
    </Text>
  );
}
