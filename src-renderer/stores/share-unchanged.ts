/**
 * The newer of two plain values, with every part of it that did not change taken from the older one, so that what is
 * drawn from an unchanged part is not drawn again. Records in lists are matched by their `id`. Values come from
 * structured clones: no cycles, no classes.
 */
export function shareUnchanged<T>(before: T, after: T): T;
export function shareUnchanged(before: unknown, after: unknown): unknown {
  if (Object.is(before, after)) return before;
  if (Array.isArray(before) && Array.isArray(after)) return shareList(before, after);
  if (isRecord(before) && isRecord(after)) return shareRecord(before, after);
  return after;
}

function shareList(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  const byId = new Map<unknown, unknown>();
  for (const item of before) if (isRecord(item) && item['id'] !== undefined) byId.set(item['id'], item);
  const shared = after.map((item, index) => {
    const twin = isRecord(item) && item['id'] !== undefined ? byId.get(item['id']) : before[index];
    return shareUnchanged(twin, item);
  });
  const same = shared.length === before.length && shared.every((item, index) => item === before[index]);
  return same ? before : shared;
}

function shareRecord(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const names = Object.keys(after);
  const shared = Object.fromEntries(names.map((name) => [name, shareUnchanged(before[name], after[name])]));
  const same =
    names.length === Object.keys(before).length &&
    names.every((name) => Object.hasOwn(before, name) && shared[name] === before[name]);
  return same ? before : shared;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
