import type { Role } from '../model/role.ts';
import { mayDelay } from './delay-state.ts';
import { DELAY_SIGNAL, type SignalName } from './ipc-contract.ts';
import type { WantedSignal } from './sync-messages.ts';

/** Who may ask whoever shows a wall for this. */
export const mayAskFor = (role: Role, wanted: WantedSignal): boolean =>
  wanted.signal === DELAY_SIGNAL ? mayDelay(role, wanted.wish.type) : maySignal(role, wanted.signal);

/**
 * Who may ask a running wall for what. Opening a page means acting with what the wall is logged in to, and looking
 * inside one means reading it: both are for admins alone.
 */
export function maySignal(role: Role, signal: SignalName): boolean {
  switch (signal) {
    case 'reload':
    case 'still':
      return role === 'admin' || role === 'operator';
    // What the wall shows, whoever may look at the wall may see.
    case 'thumbnail':
      return role !== 'service';
    case 'open-page':
    case 'devtools':
      return role === 'admin';
  }
}
