// Saves a draft a moment after typing stops; tries again when it could not; stops at a conflict.
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { Problem } from '@/lib/api-client';
import type { Draft, DraftBody } from '@/types/api';
import { fetchDraft, saveDraft } from './api/drafts';

export type SaveState =
  | { kind: 'untouched' } | { kind: 'unsaved' } | { kind: 'saving' } | { kind: 'failed' } | { kind: 'gone' }
  | { kind: 'saved'; at: string } | { kind: 'conflict'; theirs: Draft };

const quietMs = 1200;
const againMs = 5000;

interface Known {
  id: number | null;
  version: number;
}

export function useAutosave(start: Draft | null, onCreated: (draft: Draft) => void) {
  const client = useQueryClient();
  const [state, setState] = useState<SaveState>(start ? { kind: 'saved', at: start.updated_at } : { kind: 'untouched' });
  const known = useRef<Known>({ id: start?.id ?? null, version: start?.version ?? 0 });
  const wanted = useRef<DraftBody | null>(null); // what is not yet at the server
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const running = useRef<Promise<void> | null>(null);
  const isHeld = useRef(false); // by a conflict, until the person has chosen
  const isHere = useRef(true);

  const flush = useCallback((): Promise<void> => {
    clearTimeout(timer.current);
    running.current ??= saveAll().finally(() => { running.current = null; });
    return running.current;

    async function saveAll(): Promise<void> {
      while (wanted.current && !isHeld.current) {
        const body = wanted.current;
        wanted.current = null;
        setState({ kind: 'saving' });
        try {
          took(await saveDraft(known.current.id, known.current.version, body));
        } catch (e) {
          wanted.current ??= body;
          await failed(e);
          return;
        }
      }
    }

    function took(draft: Draft): void {
      const isNew = known.current.id === null;
      known.current = { id: draft.id, version: draft.version };
      if (!wanted.current) setState({ kind: 'saved', at: draft.updated_at });
      void client.invalidateQueries({ queryKey: ['drafts'] });
      if (isNew && isHere.current) onCreated(draft);
    }

    async function failed(e: unknown): Promise<void> {
      const status = e instanceof Problem ? e.status : 0;
      if (status === 412 && known.current.id !== null) return meetOther(known.current.id);
      if (status === 404) return hold({ kind: 'gone' });
      setState({ kind: 'failed' });
      timer.current = setTimeout(() => void flush(), againMs);
    }

    async function meetOther(id: number): Promise<void> {
      try {
        hold({ kind: 'conflict', theirs: await fetchDraft(id) });
      } catch (e) {
        if (e instanceof Problem && e.status === 404) hold({ kind: 'gone' });
        else setState({ kind: 'failed' });
      }
    }

    function hold(next: SaveState): void {
      isHeld.current = true;
      setState(next);
    }
  }, [client, onCreated]);

  const change = useCallback((body: DraftBody) => {
    wanted.current = body;
    if (isHeld.current) return;
    setState((was) => (was.kind === 'saving' ? was : { kind: 'unsaved' }));
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void flush(), quietMs);
  }, [flush]);

  /** After a conflict: go on from the other window's version with this body. */
  const resolve = useCallback((theirs: Draft, body: DraftBody | null) => {
    known.current = { id: theirs.id, version: theirs.version };
    isHeld.current = false;
    wanted.current = body;
    if (body) void flush();
    else setState({ kind: 'saved', at: theirs.updated_at });
  }, [flush]);

  const stop = useCallback(() => {
    clearTimeout(timer.current);
    isHeld.current = true;
    wanted.current = null;
  }, []);

  useEffect(() => {
    const warn = (e: BeforeUnloadEvent) => {
      if (wanted.current) e.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    isHere.current = true;
    return () => {
      isHere.current = false;
      window.removeEventListener('beforeunload', warn);
      if (wanted.current && !isHeld.current) void flush(); // leaving the page inside the application
    };
  }, [flush]);

  return { state, change, flush, resolve, stop, known, isHeld };
}
