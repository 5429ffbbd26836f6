import { describe, expect, it } from 'vitest';
import { choosePackages, installLine, planInstall, readOffered, type Machine } from './plan-install.ts';
import {
  electronNeeds,
  pickRequirements,
  requirements,
  startNeeds,
  type Requirement,
} from './requirements.ts';

const gtk: Requirement = {
  id: 'gtk',
  title: 'GTK 3',
  purpose: 'for windows',
  look: { kind: 'library', soname: 'libgtk-3.so.0' },
  packages: [['libgtk-3-0', 'libgtk-3-0t64']],
};
const xvfb: Requirement = {
  id: 'xvfb',
  title: 'Xvfb',
  purpose: 'without a display',
  look: { kind: 'commands', names: ['Xvfb'] },
  packages: [['xvfb'], ['xauth']],
};
const debian = (rights: Machine['rights']): Machine => ({ platform: 'linux', hasApt: true, rights });

describe('how what is missing can be had', () => {
  it('does nothing when nothing is missing', () => {
    expect(planInstall([], debian('none'))).toEqual({ kind: 'nothing-missing' });
  });

  it('installs as root without sudo, which need not exist', () => {
    expect(planInstall([gtk], debian('root'))).toEqual({ kind: 'install', prefix: [], asksPassword: false });
  });

  it('never lets sudo wait for a password that nobody can type', () => {
    expect(planInstall([gtk], debian('sudo'))).toMatchObject({ prefix: ['sudo', '-n'], asksPassword: false });
    expect(planInstall([gtk], debian('sudo-with-password'))).toMatchObject({
      prefix: ['sudo'],
      asksPassword: true,
    });
  });

  it('prints one line with everything when it may not install', () => {
    expect(planInstall([gtk, xvfb], debian('none'))).toEqual({
      kind: 'ask-person',
      line: 'sudo apt-get update && sudo apt-get install -y --no-install-recommends libgtk-3-0 xvfb xauth',
    });
  });

  it('has no line for a system without apt', () => {
    expect(planInstall([gtk], { platform: 'linux', hasApt: false, rights: 'none' })).toEqual({
      kind: 'ask-person',
      line: undefined,
    });
  });

  it('says the line without sudo to root', () => {
    expect(installLine([xvfb, xvfb], 'root')).toBe(
      'apt-get update && apt-get install -y --no-install-recommends xvfb xauth',
    );
  });
});

describe('the names of packages', () => {
  it('are those that this release of the system offers', () => {
    expect(choosePackages([gtk, xvfb], new Set(['libgtk-3-0t64', 'xvfb', 'xauth']))).toEqual([
      'libgtk-3-0t64',
      'xvfb',
      'xauth',
    ]);
    expect(choosePackages([gtk], new Set(['libgtk-3-0', 'libgtk-3-0t64']))).toEqual(['libgtk-3-0']);
  });

  it('are the oldest ones when apt knows none, so that its own message names them', () => {
    expect(choosePackages([gtk], new Set())).toEqual(['libgtk-3-0']);
  });

  it('are offered when apt has a version of them to install', () => {
    const policy = [
      'libgtk-3-0:',
      '  Installed: (none)',
      '  Candidate: (none)',
      '  Version table:',
      'libgtk-3-0t64:',
      '  Installed: (none)',
      '  Candidate: 3.24.49-3',
      '  Version table:',
      '     3.24.49-3 500',
      '',
    ].join('\n');
    expect([...readOffered(policy)]).toEqual(['libgtk-3-0t64']);
    expect([...readOffered('')]).toEqual([]);
  });
});

describe('the table of requirements', () => {
  it('names each thing once and says for each how to find it and what brings it', () => {
    expect(new Set(requirements.map((each) => each.id)).size).toBe(requirements.length);
    for (const each of requirements) {
      expect(each.packages.length, each.id).toBeGreaterThan(0);
      for (const names of each.packages) expect(names.length, each.id).toBeGreaterThan(0);
    }
  });

  it('asks for a virtual display only where there is no other', () => {
    expect(startNeeds(true)).toEqual(electronNeeds);
    expect(startNeeds(false)).toContain('virtual-display');
    expect(pickRequirements(['virtual-display']).map((each) => each.id)).toEqual(['virtual-display']);
  });
});
