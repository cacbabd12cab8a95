// Server-sent change notices: what others do shows by itself. Reconnects; says when it cannot.
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

function caseOf(event: MessageEvent<string>): number | null {
  try {
    const data: unknown = JSON.parse(event.data);
    const id = (data as { case?: unknown }).case;
    return typeof id === 'number' ? id : null;
  } catch {
    return null;
  }
}

function refreshLists(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: ['inbox'] });
  void client.invalidateQueries({ queryKey: ['cases'] });
  void client.invalidateQueries({ queryKey: ['demo-mails'] });
}

/** Calls fn once after things have been quiet for a moment. */
function afterQuiet(fn: () => void, ms: number) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return { call: () => { clearTimeout(timer); timer = setTimeout(fn, ms); }, cancel: () => clearTimeout(timer) };
}

/** Whether the stream has been down for a while. */
export function useLiveUpdates(): boolean {
  const client = useQueryClient();
  const [isDown, setDown] = useState(false);
  useEffect(() => {
    let source: EventSource | null = null;
    let again: ReturnType<typeof setTimeout> | undefined;
    let hadHello = false;
    let waitS = 1;
    const lists = afterQuiet(() => refreshLists(client), 250);
    const down = afterQuiet(() => setDown(true), 6000);
    const open = () => {
      source = new EventSource('/api/stream');
      source.addEventListener('hello', () => {
        down.cancel();
        setDown(false);
        waitS = 1;
        if (hadHello) void client.invalidateQueries(); // something may have been missed
        hadHello = true;
      });
      source.addEventListener('case', (e: MessageEvent<string>) => {
        const id = caseOf(e);
        if (id !== null) void client.invalidateQueries({ queryKey: ['case', id] });
        lists.call();
      });
      source.addEventListener('inbox', lists.call);
      source.onerror = () => {
        down.call();
        if (source?.readyState !== EventSource.CLOSED) return; // the browser tries again itself
        again = setTimeout(open, waitS * 1000);
        waitS = Math.min(waitS * 2, 30);
      };
    };
    open();
    return () => {
      source?.close();
      clearTimeout(again);
      lists.cancel();
      down.cancel();
    };
  }, [client]);
  return isDown;
}
