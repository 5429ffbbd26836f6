/** Work that one instance at a time does: whoever holds its lease, until it runs out. */
export type Leases = {
  /** Takes a lease that is free or run out, or prolongs one's own. @returns whether it is held now @throws {LogUnavailable} */
  take(name: string, holder: string, forMs: number): Promise<boolean>;
  /** Lets go of it at once; one of somebody else's stays. @throws {LogUnavailable} */
  release(name: string, holder: string): Promise<void>;
};
