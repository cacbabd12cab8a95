// The diagram as people read it: a way "back to where it was" is a way to the group that remembers.
import type { Diagram } from '@/types/api';

export function withoutHistory({ states, transitions }: Diagram): Diagram {
  const homes = new Map(states.filter((s) => s.type === 'history').map((s) => [s.id, s.parent]));
  const home = (id: string) => homes.get(id) ?? id;
  return {
    states: states.filter((s) => !homes.has(s.id)),
    transitions: transitions.filter((w) => !homes.has(w.from)).map((w) => ({ ...w, to: home(w.to) })),
  };
}
