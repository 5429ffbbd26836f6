import type { Account } from '../../accounts/access.ts';
import type { Handle } from '../../accounts/handle.ts';
import type { SignIn } from '../../accounts/sign-in.ts';
import type { Timers } from '../../documents/timers.ts';

/** Somebody who goes on being told. */
export type Listener = {
  readonly handle: Handle;
  /** What they may from now on; undefined when they may not come in any more, or nobody can say. */
  readonly grant: (account: Account | undefined) => void;
};

const LOOK_MS = 1_000;

/**
 * Looks every second what those may who are listening, all of them in one question, and counts it as nobody's request.
 * @returns how to begin with one, which returns how to end
 */
export function watchRights(rights: SignIn['rights'], timers: Timers): (listener: Listener) => () => void {
  const listening = new Set<Listener>();
  let callOff: (() => void) | undefined;
  let isLooking = false;
  const look = async (): Promise<void> => {
    callOff = undefined;
    isLooking = true;
    const asked = [...listening];
    const known = await rights([...new Set(asked.map(({ handle }) => handle))]).catch(() => undefined);
    for (const listener of asked) if (listening.has(listener)) listener.grant(known?.get(listener.handle));
    isLooking = false;
    goOn();
  };
  const goOn = (): void => {
    if (listening.size > 0 && !isLooking) callOff ??= timers.after(LOOK_MS, () => void look());
  };
  return (listener) => {
    listening.add(listener);
    goOn();
    return () => {
      listening.delete(listener);
      if (listening.size > 0) return;
      callOff?.();
      callOff = undefined;
    };
  };
}
