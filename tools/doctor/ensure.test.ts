import { describe, expect, it } from 'vitest';
import { fail, ok } from '../../shared/kernel/result.ts';
import { ensure, type Doctor } from './ensure.ts';
import { readMissingLibraries } from './find-requirement.ts';
import type { Look } from './requirements.ts';

/** A machine in values: what is missing, and what installing brings. */
function machineWith(options: {
  lacks?: readonly string[];
  installs?: readonly string[];
  rights?: 'root' | 'none';
  platform?: string;
  installFails?: string;
}): { doctor: Doctor; said: string[]; installed: string[][] } {
  const lacks = new Set(options.lacks ?? []);
  const said: string[] = [];
  const installed: string[][] = [];
  const nameOf = (look: Look): string =>
    look.kind === 'library' ? look.soname : look.kind === 'commands' ? (look.names[0] ?? '') : 'font';
  const doctor: Doctor = {
    say: (line) => said.push(line),
    find: (look) => {
      const what = nameOf(look);
      return Promise.resolve(lacks.has(what) ? { kind: 'missing', what } : { kind: 'there', where: '/usr' });
    },
    machine: () =>
      Promise.resolve({
        platform: options.platform ?? 'linux',
        hasApt: true,
        rights: options.rights ?? 'root',
      }),
    install: (missing) => {
      installed.push(missing.map((each) => each.id));
      if (options.installFails !== undefined) return Promise.resolve(fail(options.installFails));
      for (const what of options.installs ?? []) lacks.delete(what);
      return Promise.resolve(ok(undefined));
    },
  };
  return { doctor, said, installed };
}

describe('making sure of a machine', () => {
  it('is silent when all is there', async () => {
    const { doctor, said, installed } = machineWith({});
    expect(await ensure(['gtk', 'virtual-display'], doctor)).toEqual(ok(undefined));
    expect([said, installed]).toEqual([[], []]);
  });

  it('installs what is missing in one go, and only that', async () => {
    const missing = ['libgtk-3.so.0', 'Xvfb'];
    const { doctor, said, installed } = machineWith({ lacks: missing, installs: missing });
    expect(await ensure(['gtk', 'nss', 'virtual-display'], doctor)).toEqual(ok(undefined));
    expect(installed).toEqual([['gtk', 'virtual-display']]);
    expect(said.join('\n')).toContain('GTK 3');
  });

  it('does not install what nobody asked for', async () => {
    const { doctor, installed } = machineWith({ lacks: ['redis-server'] });
    await ensure(['gtk'], doctor);
    expect(installed).toEqual([]);
  });

  it('stops with the one line to run when it may not install', async () => {
    const { doctor, installed } = machineWith({ lacks: ['libnss3.so'], rights: 'none' });
    const result = await ensure(['nss'], doctor);
    expect(!result.ok && result.error).toMatch(
      /NSS[^]*\n {2}sudo apt-get update && sudo apt-get install .*libnss3$/,
    );
    expect(installed).toEqual([]);
  });

  it('does not believe an installation that brought nothing', async () => {
    const { doctor } = machineWith({ lacks: ['libnss3.so'] });
    const result = await ensure(['nss'], doctor);
    expect(!result.ok && result.error).toMatch(/still not found: NSS/);
  });

  it('passes on why an installation failed', async () => {
    const { doctor } = machineWith({ lacks: ['libnss3.so'], installFails: 'no space left' });
    expect(await ensure(['nss'], doctor)).toEqual(fail('no space left'));
  });

  it('looks at nothing on systems whose Electron brings its libraries along', async () => {
    const { doctor } = machineWith({ lacks: ['libnss3.so'], platform: 'darwin', rights: 'none' });
    expect(await ensure(['nss'], doctor)).toEqual(ok(undefined));
  });
});

it('reads the libraries that the system’s loader did not find', () => {
  const output = [
    '\tlinux-vdso.so.1 (0x1)',
    '\tlibnss3.so => not found',
    '\tlibc.so.6 => /lib/libc.so.6 (0x2)',
    '',
  ];
  expect(readMissingLibraries(output.join('\n'))).toEqual(['libnss3.so']);
});
