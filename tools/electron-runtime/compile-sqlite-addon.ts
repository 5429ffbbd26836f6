import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describeOutcome, succeeded, type Run } from '../process/supervise.ts';

const COMPILE_TIMEOUT_MS = 15 * 60 * 1000;

/**
 * Compiles the better-sqlite3 in node_modules for Node-API 9, which Electron 33 and every later one understand; the
 * package's own builds want Node-API 10. The result serves Node 20 to 24 as well.
 * @param target path of the addon to be written
 * @param scratch an empty folder for what lies between
 */
export async function compileSqliteAddon(options: {
  readonly sqliteFolder: string;
  readonly refsHeader: string;
  readonly scratch: string;
  readonly target: string;
  readonly run: Run;
}): Promise<void> {
  const { sqliteFolder, scratch, run } = options;
  const compile = async (program: string, args: readonly string[]): Promise<void> => {
    const command = {
      program,
      args,
      cwd: scratch,
      output: 'capture',
      timeoutMs: COMPILE_TIMEOUT_MS,
    } as const;
    const outcome = await run(command);
    if (!succeeded(outcome)) throw new Error(`better-sqlite3 did not compile: ${describeOutcome(outcome)}`);
  };
  const nodeApi = createRequire(import.meta.url).resolve('node-api-headers/package.json');
  const addonApi = createRequire(join(sqliteFolder, 'package.json')).resolve('node-addon-api/package.json');
  const includes = [join(dirname(nodeApi), 'include'), dirname(addonApi), join(sqliteFolder, 'deps/sqlite3')];
  const defines = readDefines(await readFile(join(sqliteFolder, 'deps/defines.gypi'), 'utf8'));
  const common = ['-c', '-O2', '-DNDEBUG', '-fPIC', '-fvisibility=hidden', '-w', ...defines];
  await Promise.all([
    compile('gcc', [...common, join(sqliteFolder, 'deps/sqlite3/sqlite3.c'), '-o', 'sqlite3.o']),
    compile('g++', [
      ...common,
      '-std=c++20',
      '-DNAPI_VERSION=9',
      '-DNAPI_DISABLE_CPP_EXCEPTIONS',
      '-DNODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS',
      '-DNODE_GYP_MODULE_NAME=better_sqlite3',
      ...includes.map((folder) => `-I${folder}`),
      ...['-include', options.refsHeader],
      ...[join(sqliteFolder, 'src/better_sqlite3.cpp'), '-o', 'addon.o'],
    ]),
  ]);
  await compile('g++', [
    '-shared',
    '-s',
    '-Wl,-Bsymbolic',
    'sqlite3.o',
    'addon.o',
    '-ldl',
    '-o',
    options.target,
  ]);
}

/** The compiler definitions named in better-sqlite3's own build description. */
export function readDefines(gypi: string): readonly string[] {
  return [...gypi.matchAll(/'([A-Z][A-Z0-9_]*(?:=[-\w]+)?)'/g)].map((match) => `-D${match[1]}`);
}
