// Where the boxes and lines of a statechart go. elk computes it in a worker, so the page stays awake.
import ELK, { type ElkExtendedEdge, type ElkNode } from 'elkjs/lib/elk-api';
import workerUrl from 'elkjs/lib/elk-worker.min.js?url';
import type { Diagram, DiagramState, DiagramTransition } from '@/types/api';

export interface Box {
  state: DiagramState;
  parent: string | null;
  isGroup: boolean;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Line {
  id: string;
  transition: DiagramTransition;
  points: { x: number; y: number }[];
  label: { x: number; y: number; width: number; text: string } | null;
}

export interface Layout {
  boxes: Box[]; // parents before their children
  lines: Line[];
}

type Say = (title: DiagramState['title'] | null) => string;

const options = {
  'elk.algorithm': 'layered', 'elk.direction': 'DOWN', 'elk.hierarchyHandling': 'INCLUDE_CHILDREN', 'elk.edgeRouting': 'ORTHOGONAL',
  'elk.layered.spacing.nodeNodeBetweenLayers': '34', 'elk.spacing.nodeNode': '28', 'elk.spacing.edgeNode': '16', 'elk.spacing.edgeLabel': '4',
  'elk.json.edgeCoords': 'ROOT', 'elk.json.shapeCoords': 'PARENT', 'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
};
const groupOptions = { 'elk.padding': '[top=36,left=14,bottom=14,right=14]' };

const textWidth = (text: string, perLetter: number) => Math.ceil(text.length * perLetter);

export async function layoutOf(diagram: Diagram, say: Say): Promise<Layout> {
  const elk = new ELK({ workerFactory: () => new Worker(workerUrl) });
  try {
    const graph = graphOf(diagram, say);
    const placed = await elk.layout(graph);
    return { boxes: boxesOf(placed, diagram), lines: linesOf(placed, diagram, say) };
  } finally {
    elk.terminateWorker();
  }
}

function graphOf(diagram: Diagram, say: Say): ElkNode {
  const known = new Set(diagram.states.map((s) => s.id));
  const parentOf = (s: DiagramState) => (s.parent !== null && known.has(s.parent) ? s.parent : null);
  const childrenOf = (id: string | null): ElkNode[] => diagram.states.filter((s) => parentOf(s) === id).map((s) => {
    const children = childrenOf(s.id);
    const width = Math.min(240, Math.max(110, textWidth(say(s.title), 7.4) + 40));
    const lines = Math.ceil((textWidth(say(s.title), 7.4) + 40) / 240);
    return children.length > 0 ? { id: s.id, children, layoutOptions: groupOptions } : { id: s.id, width, height: 22 + 18 * lines };
  });
  return { id: 'root', layoutOptions: options, children: childrenOf(null), edges: edgesOf(diagram, known, say) };
}

function edgesOf(diagram: Diagram, known: Set<string>, say: Say): ElkExtendedEdge[] {
  return diagram.transitions.flatMap((w, i) => {
    if (!known.has(w.from) || !known.has(w.to) || w.from === w.to) return [];
    const text = say(w.title);
    const labels = text ? [{ text, width: textWidth(text, 6) + 10, height: 16 }] : [];
    return [{ id: String(i), sources: [w.from], targets: [w.to], labels }];
  });
}

function boxesOf(placed: ElkNode, diagram: Diagram): Box[] {
  const states = new Map(diagram.states.map((s) => [s.id, s]));
  const walk = (nodes: ElkNode[], parent: string | null): Box[] => nodes.flatMap((n) => {
    const box: Box = {
      state: states.get(n.id)!, parent, isGroup: !!n.children?.length, x: n.x ?? 0, y: n.y ?? 0, width: n.width ?? 0, height: n.height ?? 0,
    };
    return [box, ...walk(n.children ?? [], n.id)];
  });
  return walk(placed.children ?? [], null);
}

function linesOf(placed: ElkNode, diagram: Diagram, say: Say): Line[] {
  const edges = (n: ElkNode): ElkExtendedEdge[] => [...(n.edges ?? []), ...(n.children ?? []).flatMap(edges)];
  return edges(placed).map((e) => {
    const transition = diagram.transitions[Number(e.id)]!;
    const section = e.sections?.[0];
    const label = e.labels?.[0];
    return {
      id: e.id, transition,
      points: section ? [section.startPoint, ...(section.bendPoints ?? []), section.endPoint] : [],
      label: label ? { x: label.x ?? 0, y: label.y ?? 0, width: label.width ?? 0, text: say(transition.title) } : null,
    };
  });
}
