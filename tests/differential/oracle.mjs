// The same case in XState: what is active, which actions ran, whether it is done, after each step.
import { SimulatedClock, cancel, createActor, createMachine, not, raise, stateIn } from 'xstate';

const list = (x) => (x === undefined ? [] : Array.isArray(x) ? x : [x]);
const name = (c) => (typeof c === 'string' ? c : c.type);

function builtinAction(a) {
  const p = a.params;
  if (a.type === 'xstate.raise') return raise(p.event, { delay: p.delay, id: p.id });
  if (a.type === 'xstate.cancel') return cancel(p.sendId ?? p.id);
  return a;
}

function builtinGuard(g) {
  if (g?.type === 'xstate.not') return not(builtinGuard(g.params.guard));
  if (g?.type === 'xstate.stateIn') return stateIn(g.params.stateId);
  return g;
}

function convert(state, seen) {
  const actions = (x) => list(x).map((a) => (seen.add(name(a)), builtinAction(a)));
  const transition = (t) =>
    typeof t === 'string' ? t : { ...t, guard: builtinGuard(t.guard), actions: actions(t.actions) };
  const transitions = (x) => (Array.isArray(x) ? x.map(transition) : transition(x));
  const map = (o, f) => o && Object.fromEntries(Object.entries(o).map(([k, v]) => [k, f(v)]));
  const out = { ...state };
  if (state.entry !== undefined) out.entry = actions(state.entry);
  if (state.exit !== undefined) out.exit = actions(state.exit);
  if (state.on) out.on = map(state.on, transitions);
  if (state.after) out.after = map(state.after, transitions);
  if (state.always !== undefined) out.always = transitions(state.always);
  if (state.onDone !== undefined) out.onDone = transitions(state.onDone);
  if (state.states) out.states = map(state.states, (s) => convert(s, seen));
  return out;
}

/** For those who only want XState itself on a machine of ours. */
export const machineOf = (machine, implementations) => createMachine(convert(machine, new Set()), implementations);
export { initialTransition, transition } from 'xstate';

export function runInXState({ machine, events }) {
  const guards = { ...events.guards };
  const seen = new Set();
  const config = convert(machine, seen);
  let ran = [];
  const implementations = {
    actions: Object.fromEntries([...seen].filter((n) => !n.startsWith('xstate.')).map((n) => [n, () => ran.push(n)])),
    guards: Object.fromEntries(['g', 'h'].map((n) => [n, () => guards[n] === true])),
    delays: events.delays,
  };
  const clock = new SimulatedClock();
  const lines = [];
  const actor = createActor(createMachine(config, implementations), { clock, logger: () => {} });
  const print = () => {
    const s = actor.getSnapshot();
    const active = s._nodes.filter((n) => n.type === 'atomic' || n.type === 'final').map((n) => n.id).sort();
    lines.push(JSON.stringify({ active, actions: ran, done: s.status === 'done' }));
    ran = [];
  };
  actor.start();
  print();
  for (const step of events.steps) {
    Object.assign(guards, step.guards);
    if (step.event) actor.send({ type: step.event });
    else for (let ms = 0; ms < step.advance; ms++) clock.increment(1);
    print();
  }
  return lines;
}
