import { expect, it } from 'vitest';
import type { ControlAnswer } from '../commands/command.ts';
import { askHolder, listenForControl } from './control-listener.ts';

const DONE: ControlAnswer = { type: 'done', words: 'No keys.', values: { keys: [] } };

it('a command that comes while the server starts is answered once it has started', async () => {
  let asked = 0;
  const listener = await listenForControl('secret', () => (++asked < 3 ? undefined : async () => DONE));
  const holder = { controlUrl: listener.url, secret: 'secret', pid: 1 };
  await expect(askHolder(holder, { type: 'list-keys' })).resolves.toEqual(DONE);
  expect(asked).toBe(3);
  await listener.close();
});

it('a server that does not get to its feet is told of in words', async () => {
  const listener = await listenForControl('secret', () => undefined);
  const holder = { controlUrl: listener.url, secret: 'secret', pid: 1 };
  await expect(askHolder(holder, { type: 'list-keys' }, 1)).rejects.toThrow('still starting');
  await listener.close();
});
