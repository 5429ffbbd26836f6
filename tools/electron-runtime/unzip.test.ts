import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { unzip } from './unzip.ts';

type Member = {
  name: string;
  data: string;
  stored?: boolean;
  type?: number;
  mode?: number;
  claimedBytes?: number;
};

/** A small zip archive, written by the book. */
function zip(members: readonly Member[], comment = ''): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data, stored = false, type = 0o100000, mode = 0o644, claimedBytes } of members) {
    const packed = stored ? Buffer.from(data) : deflateRawSync(data);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(stored ? 0 : 8, 8);
    local.writeUInt16LE(Buffer.byteLength(name), 26);
    local.writeUInt16LE(4, 28);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(stored ? 0 : 8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(claimedBytes ?? Buffer.byteLength(data), 24);
    entry.writeUInt16LE(Buffer.byteLength(name), 28);
    entry.writeUInt32LE(((type | mode) << 16) >>> 0, 38);
    entry.writeUInt32LE(offset, 42);
    const file = Buffer.concat([local, Buffer.from(name), Buffer.alloc(4), packed]);
    parts.push(file);
    directory.push(entry, Buffer.from(name));
    offset += file.length;
  }
  const table = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt32LE(table.length, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...parts, table, end, Buffer.from(comment)]);
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unzip-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function unpack(archive: Buffer, rename = (name: string): string | undefined => name): Promise<string> {
  const path = join(folder, 'archive.zip');
  await writeFile(path, archive);
  const target = join(folder, 'out');
  await unzip(path, target, rename);
  return target;
}

it('unpacks files with their permissions, packed or stored, and renames and leaves out as it is told', async () => {
  const archive = zip(
    [
      { name: 'App/', data: '', stored: true, type: 0o040000 },
      { name: 'App/App', data: 'binary', mode: 0o755 },
      { name: 'App/locales/de.pak', data: 'Wörter', stored: true },
      { name: 'App/resources/x', data: 'not wanted' },
      { name: 'App/empty', data: '', stored: true },
    ],
    'a comment',
  );
  const out = await unpack(archive, (name) =>
    name.includes('resources') ? undefined : name === 'App/App' ? 'electron' : name.slice(4),
  );
  expect((await readdir(out)).toSorted()).toEqual(['electron', 'empty', 'locales']);
  expect(await readFile(join(out, 'electron'), 'utf8')).toBe('binary');
  expect((await stat(join(out, 'electron'))).mode & 0o777).toBe(0o755);
  expect(await readFile(join(out, 'locales/de.pak'), 'utf8')).toBe('Wörter');
  expect(await readFile(join(out, 'empty'), 'utf8')).toBe('');
});

it('does not follow or make symbolic links', async () => {
  const out = await unpack(
    zip([
      { name: 'link', data: '/etc/passwd', type: 0o120000 },
      { name: 'file', data: 'x' },
    ]),
  );
  expect(await readdir(out)).toEqual(['file']);
});

it('refuses to write outside its folder', async () => {
  for (const name of ['../evil', 'a/../../evil', '/tmp/evil']) {
    await expect(unpack(zip([{ name, data: 'x' }]))).rejects.toThrow(/outside its folder/);
  }
});

it('refuses an archive that is cut short anywhere, or is none', async () => {
  const whole = zip([{ name: 'file', data: 'x'.repeat(5000) }]);
  for (let length = 0; length < whole.length; length += 7) {
    await expect(unpack(whole.subarray(0, length))).rejects.toThrow();
  }
});

it('refuses a file that is not as long as the archive says', async () => {
  await expect(unpack(zip([{ name: 'file', data: 'x', claimedBytes: 2 }]))).rejects.toThrow(/damaged/);
});
