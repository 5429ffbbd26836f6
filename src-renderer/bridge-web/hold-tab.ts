/**
 * One tab at a time works on a replica: two in one database would each believe to be the only writer.
 * The lock is the browser's own and goes with the tab, however that ends.
 */
export type HeldTab = {
  /** Resolves when another tab has taken over. */
  readonly lost: Promise<void>;
  readonly release: () => void;
};

/** @param take takes the place from the tab that has it @returns null when another tab has it */
export async function holdTab(name: string, take: boolean, locks: LockManager): Promise<HeldTab | null> {
  return new Promise((answer, reject) => {
    let release = (): void => undefined;
    let lose = (): void => undefined;
    const lost = new Promise<void>((resolve) => (lose = resolve));
    const held = new Promise<void>((resolve) => (release = resolve));
    const options: LockOptions = take ? { steal: true } : { ifAvailable: true };
    locks
      .request(name, options, async (lock) => {
        if (lock === null) return answer(null);
        answer({ lost, release });
        return held;
      })
      .then(undefined, (error: unknown) => {
        // A lock that was stolen rejects with AbortError; before it was given, the error is the caller's.
        lose();
        reject(error instanceof Error ? error : new Error(String(error)));
      });
  });
}
