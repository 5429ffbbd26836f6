import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { must } from '#shared/replica/test-replica.ts';
import { readConfig } from './config.ts';
import { takeDataFolder } from './data-folder-lock.ts';
import { examineAll } from './doctor.ts';
import { isHolderAlive, listenForControl } from './gateway/control-listener.ts';
import { freePort } from '#shared/replica/test-free-port.ts';

it('the doctor asks the server that has the data folder, wherever that listens', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'streamwall-doctor-'));
  const port = await freePort();
  const server = createServer((_request, response) => response.end('fit as a fiddle'));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  let listensAt = '';
  const run = () => undefined;
  const control = await listenForControl('secret', run, () => listensAt);
  const holder = { pid: process.pid, controlUrl: control.url, secret: 'secret' };
  const lock = must(await takeDataFolder(folder, holder, isHolderAlive));
  const config = must(readConfig({ DATA_DIR: folder, PORT: '0' }, folder));
  const examine = async () => (await examineAll(config)).find(({ name }) => name === 'server');
  expect(await examine()).toMatchObject({ state: 'unused' });
  listensAt = `http://0.0.0.0:${String(port)}`;
  expect(await examine()).toEqual({
    name: 'server',
    state: 'good',
    words: `answers at http://127.0.0.1:${String(port)}: fit as a fiddle`,
  });
  await lock.release();
  await control.close();
  expect(await examine()).toMatchObject({ state: 'unused' });
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});
