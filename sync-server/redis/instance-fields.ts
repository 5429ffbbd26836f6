import { z } from 'zod';
import { ActorId } from '#shared/model/ids.ts';
import { Role } from '#shared/model/role.ts';
import { Handle } from '../accounts/handle.ts';
import { INSTANCE_TTL_MS, type InstanceReport, type ReportedInstance } from '../instances/instance-board.ts';
import type { ActivitySample } from '../metrics/recent-activity.ts';

const CLIENT = 'client:';
export const ABOUT = 'about';

const Client = z
  .object({
    ...{ id: z.string(), actor: ActorId, handle: Handle, role: Role },
    ...{ document: z.string(), isWall: z.boolean() },
    ...{ name: z.string().optional(), address: z.string(), agent: z.string(), sinceMs: z.number() },
  })
  .transform(({ name, ...client }) => ({ ...client, name }));
const Health = z.object({ state: z.enum(['ok', 'degraded', 'down']), note: z.string().exactOptional() });
const About = z.object({
  ...{ untilMs: z.number(), startedAtMs: z.number(), health: z.record(z.string(), Health) },
});
const Sample = z.object({
  ...{ atMs: z.number(), connections: z.number(), documents: z.number(), memoryBytes: z.number() },
  ...{ edits: z.number(), refusedEdits: z.number(), requests: z.number(), failedRequests: z.number() },
});

/** What an instance is as the fields of a hash, each connection one of them. */
export function fieldsOf({ startedAtMs, health, clients }: InstanceReport, nowMs: number) {
  const about = JSON.stringify({ untilMs: nowMs + INSTANCE_TTL_MS, startedAtMs, health });
  return new Map([
    [ABOUT, about],
    ...clients.map((client) => [CLIENT + client.id, JSON.stringify(client)] as const),
  ]);
}

/** The health that an instance last said that it has. */
export function readHealth(about: string | null): InstanceReport['health'] | undefined {
  const read = About.safeParse(readJson(about ?? undefined));
  return read.success ? read.data.health : undefined;
}

/** @returns undefined for an instance that has not said for a while that it is there */
export function readInstance(
  id: string,
  fields: Readonly<Record<string, string>>,
  nowMs: number,
): ReportedInstance | undefined {
  const about = About.safeParse(readJson(fields[ABOUT]));
  if (!about.success || about.data.untilMs <= nowMs) return undefined;
  const { startedAtMs, health } = about.data;
  const clients = Object.entries(fields).flatMap(([field, text]) => {
    const client = field.startsWith(CLIENT) ? Client.safeParse(readJson(text)) : undefined;
    return client?.success === true ? [client.data] : [];
  });
  return { id, startedAtMs, health, clients: clients.toSorted((a, b) => a.sinceMs - b.sinceMs) };
}

export function readSamples(text: string | null): readonly ActivitySample[] {
  const samples = z.array(Sample).safeParse(readJson(text ?? undefined));
  return samples.success ? samples.data : [];
}

function readJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
