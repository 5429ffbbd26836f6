/**
 * Performs one value after the other, in the order in which they were given: one that is given while another is being
 * performed waits for its end. Without it a state that changes while it is told overtakes itself, and whoever is told
 * last keeps the older one.
 * @returns gives a value. An error of `perform` reaches whoever gave the first value, after the others were performed.
 */
export function oneAtATime<T>(perform: (value: T) => void): (value: T) => void {
  const waiting: T[] = [];
  let isBusy = false;
  return (value) => {
    waiting.push(value);
    if (isBusy) return;
    isBusy = true;
    const errors: unknown[] = [];
    // Those that are added on the way are among them.
    for (const next of waiting) {
      try {
        perform(next);
      } catch (error) {
        errors.push(error);
      }
    }
    waiting.length = 0;
    isBusy = false;
    if (errors.length > 0) throw errors[0];
  };
}
