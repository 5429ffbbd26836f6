/** Calls back once after so many ms, unless stopped before. */
export type After = (delayMs: number, call: () => void) => () => void;

export const systemAfter: After = (delayMs, call) => {
  const timer = setTimeout(call, delayMs);
  return () => {
    clearTimeout(timer);
  };
};

export type Gathered = { readonly now: () => void; readonly stop: () => void };

/** Many calls within a moment become one. */
export function gather(after: After, delayMs: number, call: () => void): Gathered {
  let stop: (() => void) | undefined;
  return {
    now: () => {
      stop ??= after(delayMs, () => {
        stop = undefined;
        call();
      });
    },
    stop: () => {
      stop?.();
      stop = undefined;
    },
  };
}
