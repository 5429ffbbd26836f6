import type { Clock } from '#shared/kernel/clock.ts';
import type { SyncPass } from '#shared/replica/sync-surroundings.ts';
import { isLasting, type AccountDoor, type Session } from './account-door.ts';

/** A token that is about to run out is of no use on a slow line. */
const MARGIN_MS = 60_000;

type PassParts = {
  readonly server: string;
  readonly key: string;
  readonly account: AccountDoor;
  readonly clock: Clock;
  /** The session's lasting token is another one from now on. */
  readonly onLasting: (lasting: string) => void;
};

/**
 * What a desk shows at its team's door: its key, or, signed in as a person, a token that is fetched anew before it runs out.
 * Lines that ask at once share one.
 * @param first a session that has just begun
 */
export function createTeamPass(parts: PassParts, first?: Session): () => Promise<SyncPass> {
  const { server, key, account, clock, onLasting } = parts;
  if (!isLasting(key)) return async () => Promise.resolve({ token: key });
  let session = first;
  let lasting = key;
  let asking: Promise<SyncPass> | undefined;
  const renew = async (): Promise<SyncPass> => {
    const renewed = await account.refresh(server, lasting);
    if (renewed.ok) {
      session = renewed.value;
      lasting = session.lasting;
      onLasting(lasting);
      return { token: session.token };
    }
    if (renewed.error === 'away') throw new Error('the server is away');
    // The server then says by itself that it does not know one any more.
    return { token: lasting };
  };
  return async () => {
    if (session !== undefined && session.expiresAtMs - clock.nowMs() > MARGIN_MS)
      return { token: session.token };
    asking ??= renew().finally(() => (asking = undefined));
    return asking;
  };
}
