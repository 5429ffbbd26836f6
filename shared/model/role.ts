import { z } from 'zod';

/** What a person or program is allowed to do; the table is in ARCHITECTURE.md. */
export const Role = z.enum(['admin', 'operator', 'monitor', 'viewer', 'service']);
export type Role = z.infer<typeof Role>;
