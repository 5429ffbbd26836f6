import { join } from 'node:path';

/**
 * The folders where built runtimes may be kept, best first. All but the last lie outside the project, so that
 * several clones share them and a fresh `npm ci` loses nothing.
 */
export function cachePlaces(env: NodeJS.ProcessEnv, home: string, project: string): readonly string[] {
  const places: string[] = [];
  if (env['STREAMWALL_CACHE_DIR']) places.push(env['STREAMWALL_CACHE_DIR']);
  if (env['XDG_CACHE_HOME']) places.push(join(env['XDG_CACHE_HOME'], 'streamwall'));
  if (home !== '') places.push(join(home, '.cache', 'streamwall'));
  places.push(join(project, '.cache', 'streamwall'));
  return places;
}
