import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { createInMemoryAuditStore } from '../audit/in-memory-audit-store.ts';
import { createInMemoryAccountStores } from '../accounts/in-memory-account-stores.ts';
import { controlParts, runControlCommand } from '../control-commands.ts';
import { createInMemoryUpdateLog } from '../documents/in-memory-update-log.ts';
import { ActorId } from '#shared/model/ids.ts';
import type { ControlAnswer, ControlParts } from './command.ts';
import { readArguments } from './read-arguments.ts';

const NOW = 1_700_000_000_000;
const open = (): ControlParts =>
  controlParts(
    createInMemoryAccountStores(),
    createInMemoryUpdateLog('0123456789abcdef'),
    createInMemoryAuditStore(),
    { nowMs: () => NOW },
  );

let parts: ControlParts;
let files: Map<string, Uint8Array>;
beforeEach(() => {
  parts = open();
  files = new Map();
});

/** As it is typed. */
async function run(line: string, on = parts): Promise<ControlAnswer> {
  const readFile = (path: string): Uint8Array => {
    const bytes = files.get(path);
    if (bytes === undefined) throw new Error(`no such file ${path}`);
    return bytes;
  };
  const wanted = readArguments(line.split(' '), { readFile, readLine: () => 'read from outside' });
  if (wanted.type !== 'command') throw new Error('no command');
  return runControlCommand(wanted.command, on);
}
const words = async (line: string): Promise<string> => (await run(line)).words;
async function values(line: string, on = parts): Promise<Record<string, unknown>> {
  const answer = await run(line, on);
  if (answer.type !== 'done') throw new Error(answer.words);
  return answer.values;
}

describe('the command line', () => {
  it('[AU5] leaves word in the audit of what it changed, without what is secret', async () => {
    await run('user add --email ana@example.org --password hunter2hunter2 --role admin');
    await run('user list');
    await run('user remove nobody@example.org');
    await run('key create --role service --label sheet');
    const entries = await parts.audit.list({ limit: 9 });
    expect(entries.map(({ actor, action, target }) => `${actor} ${action} ${target}`)).toEqual([
      'command-line create-key sheet',
      'command-line add-user ana@example.org',
    ]);
    expect(JSON.stringify(entries)).not.toContain('hunter2');
  });

  it('[AC20] rotates the signing key', async () => {
    const before = await parts.stores.signingKey();
    expect(await words('signing-key rotate')).toContain('within two seconds');
    expect(await parts.stores.signingKey()).not.toEqual(before);
    await expect(run('signing-key list')).rejects.toThrow('is not a command');
  });
});

describe('the tables on the command line', () => {
  it('are not there to be written anew in a store in memory', async () => {
    expect(await words('projection rebuild')).toBe('This store has no tables.');
    await expect(run('projection drop')).rejects.toThrow('is not a command');
  });
});

describe('people on the command line', () => {
  it('are added, listed, changed and removed, with words for what cannot be', async () => {
    expect(await words('user add --email Ana@Example.org --password hunter2hunter2 --role admin')).toBe(
      'ana@example.org can sign in now, as admin.',
    );
    expect(await words('user add --email ana@example.org --password hunter2hunter2 --role admin')).toContain(
      'somebody with the address',
    );
    expect(await words('user add --email ben@example.org --password short --role viewer')).toContain(
      'too short',
    );
    expect(await words('user add --email ben@example.org --password - --role editor')).toContain(
      'as operator',
    );
    expect(await words('user role ana@example.org viewer')).toContain('the last admin');
    expect(await words('user disable ana@example.org')).toContain('the last admin');
    expect(await words('user remove nobody@example.org')).toContain('There is nobody');
    expect(await words('user disable ben@example.org')).toContain('cannot sign in any more');
    expect(await words('user list')).toMatch(
      /1 +ana@example\.org .*may sign in\n2 +ben@example\.org .*disabled/,
    );
    expect(await words('user enable ben@example.org')).toContain('may sign in, as operator');
    expect(await values('user role ben@example.org monitor')).toMatchObject({ role: 'monitor' });
    expect(await words('user remove ben@example.org')).toContain('What they wrote stays');
    expect((await parts.stores.users.list()).map(({ email }) => email)).toEqual(['ana@example.org']);
  });

  it('that nobody understands say what is missing', async () => {
    for (const [line, why] of [
      ['user add --email x --password hunter2hunter2 --role admin', 'email'],
      ['user add --email a@example.org --role admin', '--password'],
      ['user add --email a@example.org --password hunter2hunter2', 'role'],
      ['user fly', 'not a command'],
      ['key create --role boss', 'role'],
      ['key create --role viewer --days soon', '--days must be a number'],
      ['key create --role viewer --days=-1', '--days: is more than none'],
      ['key rotate abc --overlap-hours 9000', '--overlap-hours: is from 0 to 8760'],
      ['invite --role viewer --days 91', '--days: is at least a minute and at most 90'],
      ['key create --role viewer --per-minute 0', '--per-minute: is from 1'],
      ['key create --role viewer --document walls', '--document: is no document'],
      ['key create --role viewer --root tile', '--root: is no root'],
      ['frobnicate', 'not a command'],
      ['import wall:main', 'needs a document and a file'],
      ['user list --colour', '--colour'],
    ] as const)
      await expect(run(line)).rejects.toThrow(why);
  });
});

describe('keys and invitations on the command line', () => {
  it('are made, narrowed, listed without their secret, rotated and revoked', async () => {
    const made = await values(
      'key create --role service --grant audio --document wall:* --root audio --days 2 --per-minute 9',
    );
    expect(made).toEqual({
      id: expect.any(String) as unknown,
      key: expect.stringMatching(/^swk_/) as unknown,
    });
    const list = await values('key list');
    expect(JSON.stringify(list)).not.toContain(String(made['key']));
    expect(list).toMatchObject({
      keys: [
        {
          documents: ['wall:*'],
          roots: ['audio'],
          requestsPerMinute: 9,
          expiresAt: '2023-11-16T22:13:20.000Z',
        },
      ],
    });
    const next = await values(`key rotate ${String(made['id'])} --overlap-hours 1`);
    expect(await parts.stores.keys.find([String(made['id'])])).toMatchObject([
      { expiresAtMs: NOW + 3_600_000 },
    ]);
    expect(await words(`key revoke ${String(next['id'])}`)).toContain('Revoked');
    expect((await run(`key revoke ${String(next['id'])}`)).type).toBe('refused');
    const invite = await values('invite --role operator --email c@example.org --days 1');
    expect(invite).toMatchObject({ token: expect.stringMatching(/^swi_/) as unknown, role: 'operator' });
    expect(await words('invite list')).toContain('c@example.org');
    expect(await words(`invite revoke ${String(invite['id'])}`)).toContain('Revoked');
    expect(await words('invite list')).toBe('No invitation is open.');
    expect(await words('invite --guest-hours 2 --role admin')).toBe('A guest cannot be an admin.');
    expect(await words('invite --role service')).toContain('have keys');
  });
});

describe('documents on the command line', () => {
  const ana = ActorId.parse('user:ana');
  /** Writes a few edits of two people, a minute apart. */
  async function fill(): Promise<Y.Doc> {
    const doc = new Y.Doc();
    const tiles = doc.getMap<unknown>('settings');
    for (let i = 0; i < 5; i += 1) {
      const updates: Uint8Array[] = [];
      const collect = (bytes: Uint8Array): void => void updates.push(bytes);
      doc.on('update', collect);
      tiles.set(`key${String(i)}`, i);
      if (i === 3) tiles.delete('key0');
      doc.off('update', collect);
      await parts.log.append('wall:main', {
        ...{ id: String(i), atMs: NOW + i * 60_000 },
        updates: updates.map((bytes) => ({ bytes, actor: ana, claims: [doc.clientID], carried: false })),
      });
    }
    return doc;
  }
  const rowsOf = async (on: ControlParts) => on.log.read('wall:main', 0, 100);

  it('go from one store to another whole, authors and times included', async () => {
    const doc = await fill();
    const exported = await values('export wall:main');
    const text = Buffer.from(String(exported['base64']), 'base64');
    expect(JSON.parse(text.toString())).toMatchObject({
      ...{ format: 'streamwall-document', version: 1, document: 'wall:main', last: 6 },
      roots: { settings: doc.getMap('settings').toJSON(), tiles: {} },
    });
    files.set('wall.json', text);
    const other = open();
    expect(await values('import wall:main wall.json', other)).toMatchObject({
      updates: 6,
      withHistory: true,
    });
    expect(await rowsOf(other)).toEqual(await rowsOf(parts));
    expect(await other.log.owners('wall:main', [doc.clientID])).toEqual(new Map([[doc.clientID, ana]]));
    expect(await values('import wall:main wall.json', other)).toMatchObject({ updates: 0 });
    expect(await values('document list', other)).toMatchObject({
      documents: [{ document: 'wall:main', last: 6 }],
    });
  });

  it('go beside what is there already, as one edit', async () => {
    await fill();
    const other = open();
    const mine = new Y.Doc();
    mine.getMap('settings').set('mine', true);
    files.set('mine.bin', Y.encodeStateAsUpdate(mine));
    expect(await values('import wall:main mine.bin', other)).toMatchObject({
      updates: 1,
      withHistory: false,
    });
    const state = String((await values('export wall:main --form yjs'))['base64']);
    files.set('wall.bin', Buffer.from(state, 'base64'));
    expect(await values('import wall:main wall.bin', other)).toMatchObject({ updates: 1 });
    const both = Buffer.from(String((await values('export wall:main', other))['base64']), 'base64');
    expect(JSON.parse(both.toString())).toMatchObject({ roots: { settings: { mine: true, key4: 4 } } });
  });

  it('are refused in words when they are none, another, of the future, or could not be written', async () => {
    await fill();
    const text = Buffer.from(String((await values('export wall:main'))['base64']), 'base64').toString();
    const foreign = new Y.Doc();
    foreign.getMap('nonsense').set('a', 1);
    const array = new Y.Doc();
    array.getArray('tiles').push([1]);
    for (const [bytes, file, why] of [
      [text, 'catalogue x.json', 'an export of wall:main'],
      [text.replace('"version": 1', '"version": 2'), 'wall:main x.json', 'newer program'],
      ['{"hello":1}', 'wall:main x.json', 'no export'],
      ['\u0001\u0002nonsense', 'wall:main x.bin', 'cannot be stored'],
      [Y.encodeStateAsUpdate(foreign), 'wall:main x.bin', '"nonsense"'],
      [Y.encodeStateAsUpdate(array), 'wall:main x.bin', 'cannot be stored'],
      ['', 'wall:../x x.bin', 'is no document'],
    ] as const) {
      const other = open();
      files.set(file.split(' ')[1] ?? '', Buffer.from(bytes));
      const answer = await run(`import ${file}`, other);
      expect([answer.type, answer.words]).toEqual(['refused', expect.stringContaining(why)]);
      expect(await other.log.documents()).toEqual([]);
    }
    expect(await words('export wall:empty')).toContain('Nobody wrote');
  });
});
