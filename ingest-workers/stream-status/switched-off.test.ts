import { expect, it } from 'vitest';
import { Link } from '#shared/model/stream.ts';
import { answer } from './reading.ts';
import {
  createFakePlatform,
  createManualTime,
  createSharedPresence,
  openCatalogue,
  startChecker,
} from './test-checkers.ts';

it('nothing is asked of a platform that is switched off, until it is on again', async () => {
  const time = createManualTime();
  const replica = await openCatalogue(time);
  const platform = createFakePlatform();
  for (const [site, name] of [
    ['www.twitch.tv', 'ann'],
    ['kick.com', 'bob'],
  ]) {
    const link = Link.parse(`https://${String(site)}/${String(name)}`);
    const added = await replica.send({ document: 'catalogue', command: { type: 'add-stream', link } });
    expect(added.ok).toBe(true);
    platform.says.set(String(name), answer('offline', 'It is over.', ''));
  }
  let off = ['twitch'];
  let version = 0;
  const switches = { isOff: (name: string) => off.includes(name), version: () => version };
  const presence = createSharedPresence().join();
  const checker = startChecker('one', replica, platform, time, presence, [], switches);
  const asked = () => [...new Set(platform.asked.splice(0).map(({ name }) => name))].toSorted();
  await time.pass(2_000);
  expect(asked()).toEqual(['bob']);
  off = [];
  version += 1;
  await time.pass(2_000);
  expect(asked()).toEqual(['ann', 'bob']);
  off = ['twitch', 'kick'];
  version += 1;
  await time.pass(2_000);
  expect(asked()).toEqual([]);
  await checker.stop();
});
