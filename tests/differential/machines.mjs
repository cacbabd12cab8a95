// Random machines of the subset and random events, reproducible from a seed.

function random(seed) {
  let s = seed >>> 0;
  const next = () => {
    s = (s + 0x6d2b79f5) >>> 0;
    let t = Math.imul(s ^ (s >>> 15), 1 | s);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (n) => Math.floor(next() * n);
  return { below, chance: (p) => next() < p, pick: (list) => list[below(list.length)] };
}

const EVENTS = ['A', 'B', 'C', 'a.b', 'a.b.c'];
const DESCRIPTORS = [...EVENTS, 'A', 'B', 'a.*', 'a.b.*', '*', 'R', 'S'];
const GUARDS = ['g', 'h'];
const DELAYS = { short: 5, long: 20 };

function makeTree(r, key, depth, ids) {
  const node = { key, children: [], type: 'atomic', id: undefined };
  if (r.chance(0.15)) ids.push((node.id = `id_${key}`));
  const parts = depth < 3 && (depth === 0 || r.chance(0.45)) ? 1 + r.below(3) : 0;
  if (parts === 0) {
    if (depth > 0 && r.chance(0.2)) node.type = 'final';
    return node;
  }
  node.type = depth > 0 ? (r.chance(0.4) ? 'parallel' : 'compound') : r.chance(0.25) ? 'parallel' : 'compound';
  for (let i = 0; i < parts; i++) node.children.push(makeTree(r, `${key}${'xyz'[i]}`, depth + 1, ids));
  if (node.type === 'compound' && node.children[0].type === 'final' && depth === 0) node.children[0].type = 'atomic';
  if (r.chance(0.25)) node.children.push({ key: `${key}h`, children: [], type: 'history', deep: r.chance(0.5) });
  return node;
}

function flatten(node, path, list) {
  const self = { node, path };
  node.parent = path.length ? list.find((o) => o.path.join('.') === path.slice(0, -1).join('.')) : undefined;
  list.push(self);
  for (const c of node.children) flatten(c, [...path, c.key], list);
  return list;
}

const refer = (o) => (o.path.length ? `#m.${o.path.join('.')}` : '#m');
const contains = (a, b) => a.path.length < b.path.length && a.path.every((k, i) => b.path[i] === k);

export function makeCase(seed) {
  const r = random(seed);
  const ids = [];
  const root = makeTree(r, 's', 0, ids);
  const all = flatten(root, [], []);
  const targets = all.filter((o) => o.path.length);
  let serial = 0;

  const call = (name) => (r.chance(0.5) ? name : { type: name });
  const action = () => {
    const roll = r.below(12);
    if (roll === 0) return { type: 'xstate.raise', params: { event: { type: r.pick(['R', 'S']) } } };
    if (roll === 1)
      return { type: 'xstate.raise', params: { event: { type: r.pick(EVENTS) }, delay: r.pick([3, 10, 'short']), id: `t${serial++}` } };
    if (roll === 2) return { type: 'xstate.cancel', params: { sendId: `t${r.below(4)}` } };
    return call(`act${serial++}`);
  };
  const actions = () => Array.from({ length: 1 + r.below(2) }, action);
  const guard = () => {
    const roll = r.below(5);
    if (roll === 0) return { type: 'xstate.not', params: { guard: r.pick(GUARDS) } };
    if (roll === 1) return { type: 'xstate.stateIn', params: { stateId: refer(r.pick(targets.filter((o) => o.node.type !== 'history'))) } };
    return call(r.pick(GUARDS));
  };
  const reachable = (source) =>
    targets.filter((o) => o.node.type !== 'history' || !contains({ path: o.path.slice(0, -1) }, source));
  // Two targets: in two regions of one parallel state.
  const pair = () => {
    const p = r.pick(all.filter((o) => o.node.type === 'parallel' && o.node.children.filter((c) => c.type !== 'history').length > 1));
    if (!p) return undefined;
    return p.node.children
      .filter((c) => c.type !== 'history')
      .slice(0, 2)
      .map((c) => refer(r.pick(all.filter((o) => o.node.type !== 'history' && (o.node === c || contains({ path: [...p.path, c.key] }, o))))));
  };
  const transition = (source, mustGuard) => {
    const t = {};
    if (r.chance(0.85)) t.target = r.chance(0.12) && pair() ? pair() : refer(r.pick(reachable(source)));
    if (mustGuard || r.chance(0.35)) t.guard = guard();
    if (r.chance(0.4)) t.actions = actions();
    if (r.chance(0.2)) t.reenter = true;
    return t;
  };
  const transitions = (source, mustGuard) =>
    r.chance(0.2) ? [transition(source, true), transition(source, mustGuard)] : transition(source, mustGuard);

  const config = (o) => {
    const n = o.node;
    if (n.type === 'history') {
      const h = { type: 'history', history: n.deep ? 'deep' : 'shallow' };
      const siblings = all.filter((x) => x.path.length === o.path.length && contains({ path: o.path.slice(0, -1) }, x) && x.node.type !== 'history');
      if (r.chance(0.5)) h.target = r.pick(siblings).node.key;
      return h;
    }
    const c = {};
    if (n.id) c.id = n.id;
    if (n.type === 'final' || n.type === 'parallel') c.type = n.type;
    if (r.chance(0.5)) c.entry = actions();
    if (r.chance(0.4)) c.exit = actions();
    if (n.children.length) {
      if (n.type === 'compound') c.initial = r.pick(n.children.filter((x) => x.type !== 'history')).key;
      c.states = Object.fromEntries(n.children.map((k) => [k.key, config(all.find((x) => x.node === k))]));
    }
    if (n.type === 'final') return c;
    if (o.path.length || r.chance(0.5)) {
      c.on = {};
      for (let i = r.below(4); i > 0; i--) c.on[r.pick(DESCRIPTORS)] = r.chance(0.05) ? {} : transitions(o, false);
    }
    if (r.chance(0.12)) c.always = transitions(o, true);
    if (r.chance(0.2)) c.after = { [r.pick(['5', '12', 'short', 'long'])]: transitions(o, false) };
    if (n.children.length && r.chance(0.5)) c.onDone = transitions(o, false);
    return c;
  };
  // An id of its own replaces the path in a reference.
  const withIds = (text) => {
    let s = text;
    for (const o of all) if (o.node.id) s = s.replaceAll(`"${refer(o)}"`, `"#${o.node.id}"`);
    return s;
  };
  const machine = JSON.parse(withIds(JSON.stringify({ id: 'm', ...config(all[0]) })));
  machine.id = 'm';
  const steps = Array.from({ length: 12 }, () => {
    const step = r.chance(0.25) ? { advance: 1 + r.below(15) } : { event: r.pick(EVENTS) };
    if (r.chance(0.3)) step.guards = { [r.pick(GUARDS)]: r.chance(0.5) };
    return step;
  });
  return { seed, machine, events: { guards: { g: r.chance(0.5), h: r.chance(0.5) }, delays: DELAYS, steps } };
}
