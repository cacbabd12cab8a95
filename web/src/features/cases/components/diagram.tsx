// The statechart drawn: the current step lit, the way so far marked, the way ahead visible.
import { BaseEdge, Controls, EdgeLabelRenderer, Handle, Position, ReactFlow, type Edge, type EdgeProps, type Node, type NodeProps } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { Text } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { CheckIcon } from '@/components/ui/icons';
import { Loading } from '@/components/ui/state';
import { useSpeech } from '@/lib/i18n';
import type { Diagram as DiagramData, DiagramState } from '@/types/api';
import { layoutOf, type Box, type Layout, type Line } from '../diagram-layout';

type StateNode = Node<{ state: DiagramState; isGroup: boolean; title: string }, 'state'>;
type WayEdge = Edge<{ line: Line }, 'way'>;

const nodeTypes = { state: StateBox };
const edgeTypes = { way: Way };

export default function Diagram({ diagram }: { diagram: DiagramData }) {
  const { t, say } = useSpeech();
  const [layout, setLayout] = useState<Layout | null>(null);
  useEffect(() => {
    let isWanted = true;
    void layoutOf(diagram, say).then((made) => { if (isWanted) setLayout(made); });
    return () => { isWanted = false; };
  }, [diagram, say]);
  const nodes = useMemo(() => layout?.boxes.map((box) => nodeOf(box, say(box.state.title))) ?? [], [layout, say]);
  const edges = useMemo(() => layout?.lines.map(edgeOf) ?? [], [layout]);
  const focus = useMemo(() => centreOf(diagram), [diagram]);
  if (!layout) return <Loading rows={1} height={320} />;
  return (
    <>
      <Text size="xs" c="dimmed" mb={6}>{t.case.diagramHelp}</Text>
      <div className="diagram" role="group" aria-label={t.case.diagram}>
        <ReactFlow nodes={nodes} edges={edges} nodeTypes={nodeTypes} edgeTypes={edgeTypes} nodesDraggable={false} nodesConnectable={false}
          nodesFocusable={false} edgesFocusable={false} elementsSelectable={false} zoomOnScroll={false} preventScrolling={false} minZoom={0.2} maxZoom={1.5}
          fitView fitViewOptions={{ nodes: focus, padding: 0.3, minZoom: 0.75, maxZoom: 0.9 }} disableKeyboardA11y proOptions={{ hideAttribution: true }}
          ariaLabelConfig={{ 'controls.zoomIn.ariaLabel': t.case.diagramIn, 'controls.zoomOut.ariaLabel': t.case.diagramOut, 'controls.fitView.ariaLabel': t.case.diagramFit, 'controls.ariaLabel': t.case.diagram }}>
          <Controls showInteractive={false} />
        </ReactFlow>
      </div>
    </>
  );
}

/** Where to look first: of the current steps the one that people's doings led to, not a clock beside it. */
function centreOf(diagram: DiagramData): { id: string }[] {
  const groups = new Set(diagram.states.map((s) => s.parent));
  const parents = new Map(diagram.states.map((s) => [s.id, s.parent]));
  const doings = (id: string | null): number => id === null ? 0
    : diagram.transitions.filter((w) => w.to === id && w.was_taken && w.kind === 'person').length + doings(parents.get(id) ?? null);
  const leaves = diagram.states.filter((s) => s.is_active && !groups.has(s.id));
  return leaves.sort((a, b) => doings(b.id) - doings(a.id)).slice(0, 1).map((s) => ({ id: s.id }));
}

function nodeOf(box: Box, title: string): StateNode {
  return {
    id: box.state.id, type: 'state', position: { x: box.x, y: box.y }, width: box.width, height: box.height,
    ...(box.parent ? { parentId: box.parent } : {}), data: { state: box.state, isGroup: box.isGroup, title }, zIndex: box.isGroup ? 0 : 1,
  };
}

function edgeOf(line: Line): WayEdge {
  return { id: line.id, type: 'way', source: line.transition.from, target: line.transition.to, data: { line }, zIndex: 2 };
}

function StateBox({ data: { state, isGroup, title } }: NodeProps<StateNode>) {
  const how = state.is_active ? 'is-active' : state.was_visited ? 'is-visited' : '';
  return (
    <div className={`state ${isGroup ? 'state-group' : ''} ${how} ${state.type === 'final' ? 'state-final' : ''}`}>
      <Handle type="target" position={Position.Top} isConnectable={false} />
      <span>{state.is_active && !isGroup ? '● ' : state.was_visited && !isGroup ? <CheckIcon size={12} /> : null}{title}</span>
      <Handle type="source" position={Position.Bottom} isConnectable={false} />
    </div>
  );
}

function Way({ data }: EdgeProps<WayEdge>) {
  const line = data!.line;
  const path = line.points.map((p, i) => `${i === 0 ? 'M' : 'L'}${p.x} ${p.y}`).join(' ');
  const how = `way-${line.transition.kind} ${line.transition.was_taken ? 'way-taken' : ''}`;
  return (
    <>
      <BaseEdge path={path} className={`way ${how}`} />
      <path d={arrow(line.points)} className={`way-head ${how}`} />
      {line.label && (
        <EdgeLabelRenderer>
          <div className={`way-label ${how}`} style={{ transform: `translate(${line.label.x}px, ${line.label.y}px)`, width: line.label.width }}>{line.label.text}</div>
        </EdgeLabelRenderer>
      )}
    </>
  );
}

/** A small triangle at the end of the line, turned as its last piece is. */
function arrow(points: Line['points']): string {
  const end = points.at(-1);
  const before = points.at(-2);
  if (!end || !before) return '';
  const length = Math.hypot(end.x - before.x, end.y - before.y) || 1;
  const [dx, dy] = [(end.x - before.x) / length, (end.y - before.y) / length];
  const back = { x: end.x - dx * 7, y: end.y - dy * 7 };
  return `M${end.x} ${end.y} L${back.x - dy * 4} ${back.y + dx * 4} L${back.x + dy * 4} ${back.y - dx * 4} Z`;
}
