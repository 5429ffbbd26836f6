import type { MachineRequest } from '#shared/protocol/ipc-contract.ts';
import type { DelayControl } from './delay/delay-control.ts';
import type { DeskStatusChecker } from './status-checker/status-checker.ts';
import type { DemoShelf } from './demo-shelf.ts';
import type { ControlHandlers } from './ipc/answer-control.ts';
import type { DataSources } from './sources/data-sources.ts';
import type { StoredSites } from './sites/stored-sites.ts';
import type { WallOutputs } from './wall-outputs.ts';

/** What a control room asks of this machine itself. */
export function createMachineHandlers(parts: {
  readonly outputs: WallOutputs;
  readonly delay: DelayControl;
  readonly sites: StoredSites;
  readonly sources: DataSources;
  readonly status: Pick<DeskStatusChecker, 'setWanted'>;
  readonly shelf: Pick<DemoShelf, 'add'>;
}): Pick<ControlHandlers, MachineRequest> {
  const { outputs, delay, sites, sources } = parts;
  return {
    'put-on-screen': async (wall) => outputs.putOnScreen(wall),
    'take-off-screen': async (wall) => outputs.takeOffScreen(wall),
    'place-on-screen': async (wanted) => outputs.place(wanted),
    'set-wall-sound': (wanted) => outputs.dress(wanted),
    'solo-tile': (wanted) => outputs.soloTile(wanted),
    'set-wall-marks': (wanted) => outputs.dress(wanted),
    'list-sites': async () => sites.list(),
    'clear-site': async (site) => sites.clear(site),
    'open-site': (url) => sites.open(url),
    'set-status-checker': (isWanted) => parts.status.setWanted(isWanted),
    'set-delay': (settings) => delay.set(settings),
    'ask-delay': async (wish) => delay.ask(wish),
    'add-source': (settings) => sources.add(settings),
    'remove-source': (id) => sources.remove(id),
    'check-source': (id) => sources.check(id),
    'add-demo-channels': async (wall) => parts.shelf.add(wall),
  };
}
