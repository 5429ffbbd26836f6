import { Router, type Request } from 'express';
import { z } from 'zod';
import { Platform } from '#shared/model/stream.ts';
import type { Pause } from '../../flags/decide-flags.ts';
import {
  FeatureName,
  FeatureRule,
  keyOfFlag,
  SwitchKind,
  SwitchName,
  Words,
  type Flag,
  type FlagSetting,
} from '../../flags/flag.ts';
import { MAX_FLAGS } from '../../flags/flag-store.ts';
import { noteChange } from '../../audit/note-change.ts';
import { HttpRefusal, refusals } from '../http-refusal.ts';
import { readBody } from '../read-request.ts';
import type { AdminParts } from './admin-parts.ts';

export const PutFeature = FeatureRule.partial().extend({ words: Words.default('') });
/** Strict, because to be put is to be on: who sends `on: false` is not to find it switched on. */
export const PutSwitch = z.strictObject({ words: Words.default('') });
export const PutMaintenance = z.strictObject({
  words: Words.default(''),
  /** About how long it will take. */
  minutes: z.number().positive().max(10_080).optional(),
});
const OFF: FeatureRule = { on: false, everybody: true, roles: [], users: [], percent: 0 };
const MINUTE_MS = 60_000;

type Parts = Pick<AdminParts, 'door' | 'flags' | 'clock'>;

/** What is switched, for admins; and for whoever is in, what of it concerns them. */
export function flagRoutes(parts: Parts): Router {
  const { door, flags } = parts;
  const router = Router();
  router.use(featureRoutes(parts), pauseRoutes(parts));

  router.get('/admin/flags', async (request, response) => {
    await door.admin(request);
    response.json({ flags: flags.flags().map(shapeFlag) });
  });

  /** What programs ask again and again: whether they are to rest, and what is on for them. */
  router.get('/switches', async (request, response) => {
    const { account } = await door.signedIn(request);
    const pause = flags.pauseOf(account.actor);
    response.json({
      paused: pause === undefined ? null : shapePause(pause),
      platforms: Object.fromEntries([...flags.platforms()].map(([name, why]) => [name, shapePause(why)])),
      features: flags.features(account),
    });
  });
  return router;
}

function featureRoutes(parts: Parts): Router {
  const { door, flags } = parts;
  const { put, remove } = createSwitching(parts);
  const router = Router();

  /** What is left out stays as it is; of a new one, it is off. */
  router.put('/admin/flags/:name', async (request, response) => {
    await door.admin(request);
    const name = read(FeatureName, request.params.name);
    const { words, ...changes } = readBody(PutFeature, request);
    const known = flags.find(`feature:${name}`)?.setting;
    const before = known?.type === 'feature' ? known.rule : OFF;
    const rule = FeatureRule.parse({ ...before, ...changes });
    response.json({ flag: await put(request, { type: 'feature', name, rule, words }) });
  });
  router.delete('/admin/flags/:name', async (request, response) => {
    await remove(request, `feature:${request.params.name}`);
    response.status(204).end();
  });
  return router;
}

function pauseRoutes(parts: Parts): Router {
  const { door, clock } = parts;
  const { put, remove } = createSwitching(parts);
  const router = Router();

  router.put('/admin/switches/:kind/:name', async (request, response) => {
    await door.admin(request);
    const kind = read(SwitchKind, request.params.kind);
    const asked = read(SwitchName, request.params.name);
    const name = kind === 'platform' ? read(Platform, asked.toLowerCase()) : asked;
    response.json({
      flag: await put(request, { type: 'kill', kind, name, ...readBody(PutSwitch, request) }),
    });
  });
  router.delete('/admin/switches/:kind/:name', async (request, response) => {
    await door.admin(request);
    const { kind, name } = request.params;
    await remove(request, `${read(SwitchKind, kind)}:${name.trim().toLowerCase()}`);
    response.status(204).end();
  });

  router.put('/admin/maintenance', async (request, response) => {
    await door.admin(request);
    const { words, minutes } = readBody(PutMaintenance, request);
    const untilMs = minutes === undefined ? {} : { untilMs: Math.round(clock.nowMs() + minutes * MINUTE_MS) };
    response.json({ flag: await put(request, { type: 'maintenance', words, ...untilMs }) });
  });
  router.delete('/admin/maintenance', async (request, response) => {
    await remove(request, 'maintenance');
    response.status(204).end();
  });
  return router;
}

/** Only admins switch, and each switching is in the audit. */
function createSwitching({ door, flags, clock }: Parts) {
  return {
    put: async (request: Request, setting: FlagSetting) => {
      const { account } = await door.admin(request);
      const key = keyOfFlag(setting);
      if (flags.flags().length >= MAX_FLAGS && flags.find(key) === undefined)
        throw new HttpRefusal(409, 'too-many-flags', `There are ${String(MAX_FLAGS)} flags already.`);
      const flag = { setting, atMs: clock.nowMs(), by: account.actor };
      const before = await flags.put(flag);
      noteChange(request, { action: 'flag.set', target: key, before: before?.setting, after: setting });
      return shapeFlag(flag);
    },
    remove: async (request: Request, key: string): Promise<void> => {
      await door.admin(request);
      const before = await flags.remove(key);
      if (before === undefined) throw refusals.notFound();
      noteChange(request, { action: 'flag.removed', target: key, before: before.setting });
    },
  };
}

function read<Schema extends z.ZodType>(schema: Schema, text: string): z.infer<Schema> {
  const parsed = schema.safeParse(text);
  if (parsed.success) return parsed.data;
  throw refusals.invalid('name', parsed.error.issues[0]?.message ?? 'cannot be read');
}

const shapePause = ({ reason, words, untilMs }: Pause) => ({
  reason,
  words,
  until: untilMs === undefined ? null : new Date(untilMs).toISOString(),
});

function shapeFlag({ setting, atMs, by }: Flag) {
  const { type, words } = setting;
  const shared = { key: keyOfFlag(setting), type, words, by, at: new Date(atMs).toISOString() };
  switch (setting.type) {
    case 'feature':
      return { ...shared, name: setting.name, rule: setting.rule };
    case 'kill':
      return { ...shared, name: setting.name, kind: setting.kind };
    case 'maintenance':
      return {
        ...shared,
        until: setting.untilMs === undefined ? null : new Date(setting.untilMs).toISOString(),
      };
  }
}
