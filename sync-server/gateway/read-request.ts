import type { Request } from 'express';
import { z } from 'zod';
import { HttpRefusal } from './http-refusal.ts';

/** @throws {HttpRefusal} 422 that names every field that cannot be read */
export function readBody<Schema extends z.ZodType>(schema: Schema, request: Request): z.infer<Schema> {
  const body: unknown = request.body ?? {};
  return read(schema, body);
}

/** @throws {HttpRefusal} 422, as for a body */
export function readQuery<Schema extends z.ZodType>(schema: Schema, request: Request): z.infer<Schema> {
  return read(schema, request.query);
}

function read<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const details: Record<string, string[]> = {};
  for (const { path, message } of parsed.error.issues) {
    const field = path.length === 0 ? 'base' : path.map(String).join('.');
    (details[field] ??= []).push(message);
  }
  const words = Object.entries(details).map(([field, messages]) => `${field}: ${messages.join(', ')}`);
  throw new HttpRefusal(422, 'invalid', words.join('; '), { details });
}

/** `{name: {…}}`, as StreamSource's clients send it, or flat. */
export const inside = <Schema extends z.ZodType>(name: string, schema: Schema) =>
  z.preprocess((body: unknown): unknown => {
    const wrapped = z.record(z.string(), z.unknown()).safeParse(body);
    return wrapped.success && name in wrapped.data ? wrapped.data[name] : body;
  }, schema);

/** Which part of a list is wanted. */
export const PageQuery = z.object({
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  per_page: z.coerce.number().int().min(1).max(100).default(25),
});

/** That part, and where it lies in the whole. */
export function pageOf<T>(all: readonly T[], { page, per_page }: z.infer<typeof PageQuery>) {
  const meta = {
    current_page: page,
    total_pages: Math.max(1, Math.ceil(all.length / per_page)),
    total_count: all.length,
    per_page,
  };
  return { items: all.slice((page - 1) * per_page, page * per_page), meta };
}
