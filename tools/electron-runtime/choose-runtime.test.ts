import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ASK_AGAIN_AFTER_MS, chooseRuntime, type Findings, type Step } from './choose-runtime.ts';

const registry = { platform: 'linux', arch: 'x64' };
const nowMs = 1_800_000_000_000;
const fresh: Findings = {
  platform: 'linux',
  arch: 'x64',
  declaredVersion: '45.4.1',
  givenFolder: undefined,
  wish: undefined,
  officialInstalled: false,
  officialArchive: false,
  registryKept: false,
  refusal: undefined,
  nowMs,
};
const choose = (changes: Partial<Findings>): Step => chooseRuntime({ ...fresh, ...changes }, registry);
const refusal = (changes: Partial<NonNullable<Findings['refusal']>> = {}): Findings['refusal'] => ({
  atMs: nowMs,
  reason: 'no answer for 6 s',
  thisRun: true,
  ...changes,
});

describe('which Electron runs', () => {
  it('takes the official one when it is installed, whatever else is there', () => {
    expect(choose({ officialInstalled: true, registryKept: true, refusal: refusal() }).kind).toBe(
      'use-official',
    );
  });

  it('unpacks the official one when its archive was downloaded before', () => {
    expect(choose({ officialArchive: true, registryKept: true }).kind).toBe('install-official');
  });

  it('asks for the official one before it settles for another', () => {
    expect(choose({}).kind).toBe('download-official');
  });

  it('takes the registry’s when the official one cannot be had, and says why', () => {
    const step = choose({ refusal: refusal() });
    expect(step).toMatchObject({ kind: 'use-registry' });
    expect('why' in step && step.why).toContain('no answer for 6 s');
  });

  it('takes the registry’s when the official archive is there but cannot be unpacked', () => {
    expect(choose({ officialArchive: true, refusal: refusal() }).kind).toBe('use-registry');
  });

  it('does not ask again for a day when another runtime is ready, so that a start without network is instant', () => {
    const remembered = (agoMs: number): Partial<Findings> => ({
      registryKept: true,
      refusal: refusal({ thisRun: false, atMs: nowMs - agoMs }),
    });
    expect(choose(remembered(ASK_AGAIN_AFTER_MS - 1)).kind).toBe('use-registry');
    expect(choose(remembered(ASK_AGAIN_AFTER_MS)).kind).toBe('download-official');
    expect(choose({ ...remembered(0), registryKept: false }).kind).toBe('download-official');
    expect(choose({ ...remembered(0), wish: 'official' }).kind).toBe('download-official');
  });

  it('asks again when the clock was set back behind the remembered refusal', () => {
    const later = refusal({ thisRun: false, atMs: nowMs + 1 });
    expect(choose({ registryKept: true, refusal: later }).kind).toBe('download-official');
  });

  it('does what the person asked for', () => {
    expect(choose({ wish: 'registry', officialInstalled: true }).kind).toBe('use-registry');
    expect(choose({ wish: 'official', registryKept: true, refusal: refusal() }).kind).toBe('stop');
    expect(choose({ givenFolder: '/opt/electron', officialInstalled: true })).toMatchObject({
      kind: 'use-given',
      folder: '/opt/electron',
    });
  });

  it('stops with the ways out where the registry has no runtime', () => {
    for (const elsewhere of [{ platform: 'darwin' }, { arch: 'arm64' }]) {
      const step = choose({ ...elsewhere, refusal: refusal() });
      expect(step.kind).toBe('stop');
      expect('why' in step && step.why).toMatch(/no answer for 6 s[^]*ELECTRON_MIRROR/);
    }
    expect(choose({ arch: 'arm64', wish: 'registry' }).kind).toBe('stop');
  });

  it('ends after a few steps, whatever is found and whatever fails', () => {
    const findings = fc.record({
      platform: fc.constantFrom('linux', 'darwin', 'win32'),
      arch: fc.constantFrom('x64', 'arm64'),
      declaredVersion: fc.constant('45.4.1'),
      givenFolder: fc.constantFrom(undefined, '/opt/electron'),
      wish: fc.constantFrom(undefined, 'official' as const, 'registry' as const),
      officialInstalled: fc.boolean(),
      officialArchive: fc.boolean(),
      registryKept: fc.boolean(),
      refusal: fc.constantFrom(undefined, refusal({ thisRun: false })),
      nowMs: fc.constant(nowMs),
    });
    fc.assert(
      fc.property(findings, fc.array(fc.boolean(), { minLength: 4 }), (found, luck) => {
        let now: Findings = found;
        for (let steps = 0; steps < 4; steps++) {
          const step = chooseRuntime(now, registry);
          if (step.kind !== 'download-official' && step.kind !== 'install-official') return true;
          const works = luck[steps] === true;
          if (!works) now = { ...now, refusal: refusal() };
          else if (step.kind === 'download-official') now = { ...now, officialArchive: true };
          else now = { ...now, officialInstalled: true };
        }
        return false;
      }),
    );
  });
});
