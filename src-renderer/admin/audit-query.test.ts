import { describe, expect, it } from 'vitest';
import { auditQueryOf, NO_FILTER } from './audit-query.ts';

describe('what is asked of the audit', () => {
  it('is nothing while every field is empty, or holds spaces alone', () => {
    expect(auditQueryOf({ ...NO_FILTER, search: '  ' })).toBe('');
  });

  it('is every field that was filled, also with signs that addresses use for themselves', () => {
    const said = { action: 'key.', from: '2001:db8::', changed: 'a&b=c', via: 'http' };
    const query = new URLSearchParams(auditQueryOf({ ...NO_FILTER, ...said }));
    expect(Object.fromEntries(query)).toEqual(said);
  });

  it('names moments with their zone, and leaves out what is none', () => {
    const query = new URLSearchParams(auditQueryOf({ ...NO_FILTER, since: '2026-11-23T08:30', until: '20' }));
    expect(query.get('since')).toBe(new Date(2026, 10, 23, 8, 30).toISOString());
    expect(auditQueryOf({ ...NO_FILTER, until: 'soon' })).toBe('');
  });
});
