/** Marks a switch as complete: a new case in the union no longer compiles until it is handled. */
export function assertNever(value: never): never {
  throw new Error(`unhandled case: ${JSON.stringify(value)}`);
}
