// The diagram for those who read it as text: each step, where it stands, and where it leads.
import { CheckIcon } from '@/components/ui/icons';
import { useSpeech } from '@/lib/i18n';
import type { Diagram, DiagramState } from '@/types/api';

export function DiagramList({ diagram }: { diagram: Diagram }) {
  return <Level diagram={diagram} parent={null} />;
}

function Level({ diagram, parent }: { diagram: Diagram; parent: string | null }) {
  const known = new Set(diagram.states.map((s) => s.id));
  const states = diagram.states.filter((s) => (s.parent !== null && known.has(s.parent) ? s.parent : null) === parent);
  if (states.length === 0) return null;
  return <ul className="step-list">{states.map((s) => <Step key={s.id} state={s} diagram={diagram} />)}</ul>;
}

function Step({ state, diagram }: { state: DiagramState; diagram: Diagram }) {
  const { t, say } = useSpeech();
  const words = state.is_active ? t.case.active : state.was_visited ? t.case.visited : t.case.ahead;
  const titles = new Map(diagram.states.map((s) => [s.id, s.title]));
  const ways = diagram.transitions.filter((w) => w.from === state.id && w.title && w.to !== state.id);
  return (
    <li>
      <span className={state.is_active ? 'step-active' : undefined}>
        {state.is_active ? '● ' : state.was_visited ? <CheckIcon size={13} /> : null}{say(state.title)} ({words})
      </span>
      {ways.length > 0 && (
        <ul className="step-ways">{ways.map((w, i) => <li key={i}>{t.case.next(say(w.title), say(titles.get(w.to)))}</li>)}</ul>
      )}
      <Level diagram={diagram} parent={state.id} />
    </li>
  );
}
