import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { systemClock } from '#shared/kernel/clock.ts';
import { fail, ok } from '#shared/kernel/result.ts';
import { freePort } from '#shared/replica/test-free-port.ts';
import { startDemoServer } from './demo-server.ts';
import { findDemoChannels } from './find-demo-channels.ts';

async function start(port: number) {
  const clipsFolder = join(import.meta.dirname, 'clips');
  const started = await startDemoServer({ clipsFolder, port, clock: systemClock });
  return started.ok ? ok(started.value) : fail(`Port ${String(started.error.takenPort)} is taken.`);
}

const answers = async (origin: string): Promise<boolean> =>
  fetch(`${origin}/health`).then(
    ({ ok: isOk }) => isOk,
    () => false,
  );

it('a desk that uses another desk’s channels serves them itself when the other ends', async () => {
  const other = await start(await freePort());
  if (!other.ok) throw new Error(other.error);
  const { origin } = other.value;
  const found = await findDemoChannels(Number(new URL(origin).port), start, 20);
  expect(found).toMatchObject({ ok: true, value: { origin } });
  await other.value.stop();
  await vi.waitFor(async () => expect(await answers(origin)).toBe(true), { timeout: 10_000 });
  if (found.ok) await found.value.stop();
  expect(await answers(origin)).toBe(false);
});
