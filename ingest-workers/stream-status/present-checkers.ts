/** A checker shows itself this often … */
export const SHOW_EVERY_MS = 4000;
/** … and is taken for gone when it has not for so long; so its streams are taken over well within 15 s. */
export const GONE_AFTER_MS = 10_000;

/** Names that are longer, or more than so many, are not believed: presence comes from anybody on the line. */
const MAX_CHECKERS = 64;
const NAME = /^[A-Za-z0-9:_-]{1,80}$/;

/** When each checker last changed what it shows, by this machine's clock: their own clocks are not trusted. */
export type Sightings = ReadonlyMap<string, Readonly<{ beat: number; seenAt: number }>>;

/** `shown`: every checker's name and beat as presence has them now. One whose beat stands still is not seen again. */
export function seeCheckers(
  before: Sightings,
  shown: Iterable<Readonly<{ name: string; beat: number }>>,
  nowMs: number,
): Sightings {
  const seen = new Map([...before].filter(([, { seenAt }]) => nowMs - seenAt < GONE_AFTER_MS * 6));
  for (const { name, beat } of shown) {
    if (!NAME.test(name) || (!seen.has(name) && seen.size >= MAX_CHECKERS)) continue;
    if (seen.get(name)?.beat !== beat) seen.set(name, { beat, seenAt: nowMs });
  }
  return seen;
}

/** Those who are there, this one always among them, in order. */
export function presentCheckers(sightings: Sightings, self: string, nowMs: number): readonly string[] {
  const others = [...sightings]
    .filter(([name, { seenAt }]) => name !== self && nowMs - seenAt < GONE_AFTER_MS)
    .map(([name]) => name);
  return [self, ...others].sort();
}
