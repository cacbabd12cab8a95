// The phases of the case in a row: done, current, ahead.
import { CheckIcon } from '@/components/ui/icons';
import { useSpeech } from '@/lib/i18n';
import type { Phase } from '@/types/api';

export function PhaseLine({ phases }: { phases: Phase[] }) {
  const { t, say } = useSpeech();
  const words = { done: t.case.phaseDone, current: t.case.phaseCurrent, ahead: t.case.phaseAhead };
  return (
    <ol className="phases">
      {phases.map((phase, i) => (
        <li key={phase.id} className={`phase phase-${phase.status}`} aria-current={phase.status === 'current' ? 'step' : undefined}>
          <span className="phase-dot" aria-hidden>{phase.status === 'done' ? <CheckIcon size={14} /> : i + 1}</span>
          <span>{say(phase.title)}<span className="phase-words"> ({words[phase.status]})</span></span>
        </li>
      ))}
    </ol>
  );
}
