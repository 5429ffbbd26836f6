import { describe, expect, it } from 'vitest';
import { planLaunch, type LaunchFacts } from './plan-launch.ts';
import { readArguments, type StartArguments } from './read-arguments.ts';
import { sayWhatRuns } from './words.ts';

const none: StartArguments = {
  help: false,
  noSandbox: false,
  exitAfterSeconds: undefined,
  screenshot: undefined,
  passedOn: [],
};

describe('what follows npm start --', () => {
  const read = (...args: string[]): unknown => {
    const result = readArguments(args);
    return result.ok ? result.value : result.error;
  };

  it('may be nothing', () => {
    expect(read()).toEqual(none);
  });

  it('may be an end and a screenshot, with a space or an equals sign', () => {
    const both = { ...none, exitAfterSeconds: 12.5, screenshot: 'a b.png' };
    expect(read('--exit-after', '12.5', '--screenshot', 'a b.png')).toEqual(both);
    expect(read('--exit-after=12.5', '--screenshot=a b.png')).toEqual(both);
  });

  it('goes to the app where the tool does not know it', () => {
    expect(read('--grid=4x4', '--no-sandbox', 'x', '--', '-y')).toEqual({
      ...none,
      noSandbox: true,
      passedOn: ['--grid=4x4', 'x', '--', '-y'],
    });
  });

  it('is refused in words when it is not what it should be', () => {
    for (const wrong of [[], ['soon'], ['0'], ['-3'], [''], ['Infinity']]) {
      expect(read('--exit-after', ...wrong)).toMatch(/needs a number of seconds/);
    }
    for (const wrong of [[], [''], ['--exit-after']])
      expect(read('--screenshot', ...wrong)).toMatch(/needs a file/);
  });
});

describe('how Electron is started', () => {
  const usual: LaunchFacts = {
    project: '/projects',
    askedFrom: '/home/ann',
    args: none,
    sandbox: { kind: 'works' },
    isVirtualDisplay: false,
    sharedMemoryBytes: 8e9,
    hasSound: true,
  };

  it('passes on what the person asked for', () => {
    const args = { ...none, exitAfterSeconds: 30, screenshot: 'wall.png', passedOn: ['--x'] };
    const plan = planLaunch({ ...usual, args });
    expect(plan.args).toEqual([
      '--log-level=3',
      '/projects',
      '--exit-after',
      '30',
      '--screenshot',
      '/home/ann/wall.png',
      '--x',
    ]);
    expect(plan.env).toEqual({});
  });

  it('makes a picture where nobody can see the wall, and none unasked where somebody can', () => {
    expect(planLaunch({ ...usual, isVirtualDisplay: true }).screenshot).toBe(
      '/projects/screenshots/wall.png',
    );
    expect(planLaunch(usual).screenshot).toBeUndefined();
  });

  it('gives up the sandbox only for root, or when the person says so', () => {
    const off = { ELECTRON_DISABLE_SANDBOX: '1' };
    expect(planLaunch({ ...usual, sandbox: { kind: 'off-for-root' } }).env).toEqual(off);
    expect(planLaunch({ ...usual, args: { ...none, noSandbox: true } }).env).toEqual(off);
    expect(planLaunch({ ...usual, sandbox: { kind: 'blocked' } }).env).toEqual({});
  });

  it('does not look for a sound card where there is none', () => {
    expect(planLaunch({ ...usual, hasSound: false }).args).toContain('--disable-audio-output');
  });

  it('keeps out of a shared memory that is too small for a wall of videos', () => {
    const flag = '--disable-dev-shm-usage';
    expect(planLaunch({ ...usual, sharedMemoryBytes: 64 * 1024 * 1024 }).args).toContain(flag);
    expect(planLaunch({ ...usual, sharedMemoryBytes: undefined }).args).not.toContain(flag);
  });
});

describe('what the person is told', () => {
  it('names the picture, the data and the way out', () => {
    const plan = { args: [], env: {}, screenshot: '/projects/screenshots/wall.png' };
    const words = {
      plan,
      isVirtualDisplay: true,
      exitAfterSeconds: undefined,
      dataFolder: '/home/ann/walls',
    };
    const text = sayWhatRuns(words).join('\n');
    for (const part of ['/projects/screenshots/wall.png', '/home/ann/walls', 'Ctrl+C', 'in memory']) {
      expect(text).toContain(part);
    }
    expect(sayWhatRuns({ ...words, exitAfterSeconds: 30 }).join('\n')).toContain('30 s');
  });
});
