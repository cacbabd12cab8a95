// Server-sent change notices: what others do shows by itself. Reconnects; says when it cannot.
// A hidden tab listens to nothing: browsers allow few connections, and it learns all when shown again.
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

const quietMs = 250;
const patienceMs = 6000;
const longestWaitS = 30;

/** Whether the stream has been down for a while. */
export function useLiveUpdates(): boolean {
  const client = useQueryClient();
  const [isDown, setDown] = useState(false);
  useEffect(() => listen(client, setDown), [client]);
  return isDown;
}

function listen(client: QueryClient, setDown: (isDown: boolean) => void): () => void {
  let source: EventSource | null = null;
  let again: ReturnType<typeof setTimeout> | undefined;
  let hadHello = false;
  let waitS = 1;
  const lists = afterQuiet(() => refreshLists(client), quietMs);
  const down = afterQuiet(() => setDown(true), patienceMs);

  const greeted = () => {
    down.cancel();
    setDown(false);
    waitS = 1;
    if (hadHello) void client.invalidateQueries(); // something may have been missed
    hadHello = true;
  };
  const changed = (e: MessageEvent<string>) => {
    const id = caseOf(e);
    if (id !== null) void client.invalidateQueries({ queryKey: ['case', id] });
    lists.call();
  };
  const failed = () => {
    down.start();
    if (source?.readyState !== EventSource.CLOSED) return; // the browser tries again itself
    again = setTimeout(open, waitS * 1000);
    waitS = Math.min(waitS * 2, longestWaitS);
  };
  function open(): void {
    close();
    source = new EventSource('/api/stream');
    source.addEventListener('hello', greeted);
    source.addEventListener('inbox', changed);
    source.onerror = failed;
  }
  function close(): void {
    clearTimeout(again);
    source?.close();
    source = null;
  }
  const shownOrHidden = () => {
    if (!document.hidden) return open();
    close();
    down.cancel();
  };

  shownOrHidden();
  document.addEventListener('visibilitychange', shownOrHidden);
  return () => {
    document.removeEventListener('visibilitychange', shownOrHidden);
    close();
    lists.cancel();
    down.cancel();
  };
}

function caseOf(event: MessageEvent<string>): number | null {
  try {
    const id = (JSON.parse(event.data) as { case?: unknown }).case;
    return typeof id === 'number' ? id : null;
  } catch {
    return null;
  }
}

function refreshLists(client: QueryClient): void {
  for (const queryKey of [['inbox'], ['cases'], ['demo-mails']]) void client.invalidateQueries({ queryKey });
}

/** call: once after things have been quiet; start: counts from the first time, not the last. */
function afterQuiet(fn: () => void, ms: number) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const cancel = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const start = () => { timer ??= setTimeout(() => { timer = undefined; fn(); }, ms); };
  return { call: () => { cancel(); start(); }, start, cancel };
}
