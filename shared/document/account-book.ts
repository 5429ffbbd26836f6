import type { Stamp } from '../kernel/stamp.ts';
import type { StreamerId } from '../model/ids.ts';
import type { StreamerAccount } from './catalogue-fields.ts';
import type { StreamerView } from './view.ts';

type Account = Pick<StreamerAccount, 'platform' | 'username'>;

/** A streamer as its record says, with the accounts that it claims. */
export type Claimant = { readonly birth: Stamp; readonly view: StreamerView };

type Claim = Account & { readonly id: StreamerId; readonly birth: Stamp };

/** What makes an account one account on its platform, however its name is written. */
export const identityOf = ({ platform, username }: Account): string =>
  `${platform}/${username.trim().toLowerCase()}`;

/**
 * Whose each account is. Of streamers that were given one account apart, the one that was added first has it: the same on
 * every replica, whatever came in first.
 */
export class AccountBook {
  /** By identity, the one that counts first. */
  private readonly claims = new Map<string, Claim[]>();
  private readonly contested = new Set<string>();

  /** What a streamer says is another now. @returns other streamers who lost an account by that, or got one */
  note(before: Claimant | undefined, after: Claimant | undefined): ReadonlySet<StreamerId> {
    const others = new Set<StreamerId>();
    const [was, now] = [claimsOf(before), claimsOf(after)];
    const own = before?.view.id ?? after?.view.id;
    for (const identity of new Set([...was, ...now].map(identityOf))) {
      const owner = this.claims.get(identity)?.[0]?.id;
      for (const claim of was) if (identityOf(claim) === identity) this.remove(identity, claim);
      for (const claim of now) if (identityOf(claim) === identity) this.add(identity, claim);
      for (const id of [owner, this.claims.get(identity)?.[0]?.id])
        if (id !== undefined && id !== own) others.add(id);
    }
    return others;
  }

  /** Whether a streamer who claims an account is shown with it. */
  isShown(id: StreamerId, account: Account): boolean {
    const [owner] = this.claims.get(identityOf(account)) ?? [];
    return owner?.id === id && owner.username === account.username;
  }

  /** The accounts that streamers claim and are not shown with. */
  decided(): ReadonlyMap<StreamerId, readonly Account[]> {
    const lost = new Map<StreamerId, Account[]>();
    for (const identity of this.contested)
      for (const { id, platform, username } of this.claims.get(identity)?.slice(1) ?? [])
        lost.set(id, [...(lost.get(id) ?? []), { platform, username }]);
    return lost;
  }

  private add(identity: string, claim: Claim): void {
    const claims = this.claims.get(identity) ?? [];
    claims.splice(placeOf(claim, claims), 0, claim);
    this.keep(identity, claims);
  }

  private remove(identity: string, claim: Claim): void {
    const claims = this.claims.get(identity) ?? [];
    claims.splice(placeOf(claim, claims), 1);
    this.keep(identity, claims);
  }

  private keep(identity: string, claims: Claim[]): void {
    if (claims.length === 0) this.claims.delete(identity);
    else this.claims.set(identity, claims);
    if (claims.length > 1) this.contested.add(identity);
    else this.contested.delete(identity);
  }
}

function claimsOf(claimant: Claimant | undefined): readonly Claim[] {
  if (claimant === undefined) return [];
  const { birth, view } = claimant;
  return view.accounts.map(({ platform, username }) => ({ platform, username, id: view.id, birth }));
}

/** Where a claim stands, or belongs, among others in their order; there can be thousands. */
function placeOf(claim: Claim, claims: readonly Claim[]): number {
  let [low, high] = [0, claims.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = claims[middle];
    if (other !== undefined && order(other, claim) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function order(a: Claim, b: Claim): number {
  if (a.birth !== b.birth) return a.birth < b.birth ? -1 : 1;
  if (a.id !== b.id) return a.id < b.id ? -1 : 1;
  return a.username === b.username ? 0 : a.username < b.username ? -1 : 1;
}
