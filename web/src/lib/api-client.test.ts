import { afterEach, describe, expect, it, vi as mock } from 'vitest';
import { api, onSessionEnd, Problem, problemOf, queryString } from './api-client';

const answer = (status: number, body: unknown, headers: Record<string, string> = {}) => new Response(JSON.stringify(body), { status, headers });

afterEach(() => {
  mock.unstubAllGlobals();
  onSessionEnd(null);
});

describe('a problem', () => {
  it('keeps code, detail, request number, field errors and times', async () => {
    const p = await problemOf(answer(422, {
      type: 'https://lienthong.vn/problems/invalid', title: 'Some fields are wrong', status: 422, code: 'form', detail: 'd', request_id: 'r1',
      errors: [{ pointer: '/fields/purpose', code: 'minLength', detail: 'x' }, 'junk'],
    }, { ETag: '"7"', 'Retry-After': '3' }));
    expect(p).toMatchObject({ status: 422, code: 'form', detail: 'd', requestId: 'r1', etag: '"7"', retryAfterS: 3 });
    expect(p.errors).toHaveLength(1);
  });
  it('takes the word of its type when it has no code', async () => {
    expect((await problemOf(answer(403, { type: 'https://lienthong.vn/problems/not-allowed' }))).code).toBe('not-allowed');
  });
  it('survives an answer that is not JSON', async () => {
    expect(await problemOf(new Response('<html>', { status: 502 }))).toMatchObject({ status: 502, code: 'http-502', errors: [] });
  });
});

describe('a call', () => {
  it('carries version and key', async () => {
    const fetch = mock.fn().mockResolvedValue(answer(200, { ok: 1 }));
    mock.stubGlobal('fetch', fetch);
    await api('/api/x', { method: 'POST', body: { a: 1 }, version: 7, idempotencyKey: 'k' });
    expect(fetch.mock.calls[0]![1]).toMatchObject({ method: 'POST', body: '{"a":1}', headers: { 'If-Match': '"7"', 'Idempotency-Key': 'k' } });
  });
  it('waits for a new sign-in when the session has ended, then goes on', async () => {
    const fetch = mock.fn().mockResolvedValueOnce(answer(401, {})).mockResolvedValueOnce(answer(200, { fine: true }));
    mock.stubGlobal('fetch', fetch);
    const ask = mock.fn().mockResolvedValue(undefined);
    onSessionEnd(ask);
    expect(await api('/api/inbox')).toEqual({ fine: true });
    expect(ask).toHaveBeenCalledOnce();
  });
  it('without an answer is a problem of its own', async () => {
    mock.stubGlobal('fetch', mock.fn().mockRejectedValue(new TypeError('failed')));
    await expect(api('/api/x')).rejects.toMatchObject({ status: 0, code: 'no-answer' } satisfies Partial<Problem>);
  });
});

it('leaves empty parts out of a query', () => expect(queryString({ q: 'hộ nghèo', form: '', after: null })).toBe('?q=h%E1%BB%99+ngh%C3%A8o'));
