import type { Clock } from '#shared/kernel/clock.ts';
import { createRoutes, type Routes } from './create-routes.ts';
import type { FakeWeb } from './test-fake-web.ts';

const key = { clientId: 'id', clientSecret: 'secret' };

/** Every way to read every platform, with all keys, new and with nothing remembered. */
export const allRoutes = ({ fetch }: FakeWeb, clock: Clock): Routes =>
  createRoutes({ fetch, clock }, { twitch: key, kick: key, youtube: 'key' });
