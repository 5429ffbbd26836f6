import { describe, expect, it } from 'vitest';
import { pageAt, pagesFor } from './admin-pages.ts';

describe('pages of the administration', () => {
  it('are those that a role may use, and an address that names another leads to the first of them', () => {
    expect(pagesFor('admin')).toContain('audit');
    for (const role of ['operator', 'monitor', 'viewer'] as const)
      for (const page of ['overview', 'users', 'keys', 'flags', 'audit', 'documents', 'connected'] as const) {
        expect(pagesFor(role)).not.toContain(page);
        expect(pageAt(`#${page}`, role)).toBe('catalogue');
      }
    expect(pageAt('#audit', 'admin')).toBe('audit');
    expect(pageAt('#nonsense', 'admin')).toBe('overview');
    expect(pagesFor('viewer')).not.toContain('transfer');
  });
});
