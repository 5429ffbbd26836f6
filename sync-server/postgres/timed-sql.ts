import type { Sql } from './sql.ts';

/** The same database, with every statement measured, whether it succeeds or not. */
export function timedSql(sql: Sql, observe: (tookMs: number) => void): Sql {
  return {
    ...sql,
    query: async (text, values, name) => {
      const began = performance.now();
      try {
        return await sql.query(text, values, name);
      } finally {
        observe(performance.now() - began);
      }
    },
  };
}
