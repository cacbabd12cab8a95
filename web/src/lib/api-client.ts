// One door to the server: JSON in and out, problems as one error class, versions as ETags.
import type { FieldProblem } from '@/types/api';

/** What went wrong, as the server says it (RFC 9457) or as the network did. */
export class Problem extends Error {
  constructor(
    readonly status: number, // 0: no answer at all
    readonly code: string,
    readonly detail: string,
    readonly requestId: string | null,
    readonly errors: FieldProblem[],
    readonly retryAfterS: number | null,
    readonly etag: string | null,
  ) {
    super(detail || code);
  }
}

export interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  body?: unknown;
  version?: number;
  idempotencyKey?: string;
  signal?: AbortSignal;
  /** Do not ask to sign in again on 401. */
  anonymous?: boolean;
}

let signInAgain: (() => Promise<void>) | null = null;

/** Called when a session has ended; the call waits for it and is then sent once more. */
export function onSessionEnd(ask: (() => Promise<void>) | null): void {
  signInAgain = ask;
}

export async function api<T>(path: string, call: Call = {}): Promise<T> {
  let response = await send(path, call);
  if (response.status === 401 && !call.anonymous && signInAgain) {
    await signInAgain();
    response = await send(path, call);
  }
  if (!response.ok) throw await problemOf(response);
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

async function send(path: string, call: Call): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (call.method && call.method !== 'GET') headers['Content-Type'] = 'application/json';
  if (call.version !== undefined) headers['If-Match'] = `"${call.version}"`;
  if (call.idempotencyKey) headers['Idempotency-Key'] = call.idempotencyKey;
  const body = call.body === undefined ? undefined : JSON.stringify(call.body);
  try {
    return await fetch(path, { method: call.method ?? 'GET', headers, body, signal: call.signal });
  } catch (e) {
    if (call.signal?.aborted) throw e;
    throw new Problem(0, 'no-answer', '', null, [], null, null);
  }
}

export async function problemOf(response: Response): Promise<Problem> {
  const body = await readObject(response);
  const text = (name: string) => (typeof body[name] === 'string' ? (body[name] as string) : '');
  const word = text('code') || text('type').split('/').pop() || `http-${response.status}`;
  const requestId = text('request_id') || response.headers.get('X-Request-Id');
  return new Problem(
    response.status, word, text('detail') || text('title'), requestId, fieldProblems(body.errors),
    secondsOf(response.headers.get('Retry-After')), response.headers.get('ETag'),
  );
}

async function readObject(response: Response): Promise<Record<string, unknown>> {
  try {
    const value: unknown = await response.json();
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function fieldProblems(list: unknown): FieldProblem[] {
  if (!Array.isArray(list)) return [];
  return list.filter((e): e is FieldProblem => typeof e === 'object' && e !== null && typeof e.pointer === 'string');
}

function secondsOf(header: string | null): number | null {
  return header !== null && /^\d+$/.test(header) ? Number(header) : null;
}

/** 128 random bits; randomUUID() is missing on plain http. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
}

export function queryString(parts: Record<string, string | number | null | undefined>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parts))
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  const text = search.toString();
  return text ? `?${text}` : '';
}
