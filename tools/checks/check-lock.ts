import { z } from 'zod';

const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({ optionalDependencies: z.record(z.string(), z.string()).optional() }),
  ),
});

/**
 * The packages that package-lock.json promises but does not hold, one line each. npm leaves out an optional package
 * (another platform's binary) that the registry cannot serve while the lock is written, and `npm ci` then refuses it.
 */
export function checkLock(lock: unknown): readonly string[] {
  const { packages } = Lock.parse(lock);
  const held = new Set(Object.keys(packages).map((path) => path.slice(path.lastIndexOf('node_modules/'))));
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !held.has(`node_modules/${name}`))
      .map((name) => `${name}, wanted by ${path}, is not in package-lock.json: \`npm ci\` will refuse it`),
  );
}
