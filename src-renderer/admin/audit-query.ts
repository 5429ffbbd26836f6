/** What the fields of the audit page say; empty where nothing is asked. `since` and `until` are moments on this clock. */
export type AuditFilter = Readonly<Record<(typeof AUDIT_TEXTS)[number] | 'via' | 'since' | 'until', string>>;

export const AUDIT_TEXTS = ['search', 'actor', 'action', 'target', 'from', 'changed'] as const;
export const NO_FILTER: AuditFilter = {
  ...{ search: '', actor: '', action: '', target: '', from: '', changed: '' },
  ...{ via: '', since: '', until: '' },
};

/** The filter as the server takes it, in an address: for the list and for what is taken away alike. */
export function auditQueryOf(filter: AuditFilter): string {
  const query = new URLSearchParams();
  for (const [name, said] of Object.entries(filter)) {
    const value = name === 'since' || name === 'until' ? momentIn(said) : said.trim();
    if (value !== '') query.set(name, value);
  }
  return query.toString();
}

/** @param said as a field for a date and a time has it, without a zone */
function momentIn(said: string): string {
  const atMs = Date.parse(said);
  return Number.isNaN(atMs) ? '' : new Date(atMs).toISOString();
}
