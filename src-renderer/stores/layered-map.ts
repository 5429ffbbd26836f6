/** Beyond so many changes a map gets a ground of its own: till then each change costs as much as those before it. */
const MOST_LAID_OVER = 256;

/** What stands over the ground for a key that is gone. */
const GONE = Symbol('gone');

/** What is different between two maps. */
export type MapChange<K, V> = Readonly<{ key: K; before: V | undefined; after: V | undefined }>;

/**
 * A map that never changes: `with` makes another one, which shares the ground with the one it was made from and holds
 * only what is different. So a change of one in ten thousand costs no copy of all, and what changed between two maps is
 * told without looking at all of them.
 */
export class LayeredMap<K, V extends NonNullable<unknown>> implements ReadonlyMap<K, V> {
  readonly size: number;
  readonly #ground: ReadonlyMap<K, V>;
  readonly #over: ReadonlyMap<K, V | typeof GONE>;

  private constructor(ground: ReadonlyMap<K, V>, over: ReadonlyMap<K, V | typeof GONE>, size: number) {
    this.#ground = ground;
    this.#over = over;
    this.size = size;
  }

  static of<K, V extends NonNullable<unknown>>(entries: Iterable<readonly [K, V]>): LayeredMap<K, V> {
    const ground = new Map(entries);
    return new LayeredMap<K, V>(ground, new Map(), ground.size);
  }

  /** @param removed keys that may be unknown */
  with(put: Iterable<readonly [K, V]>, removed: Iterable<K>): LayeredMap<K, V> {
    const over = new Map(this.#over);
    let { size } = this;
    for (const [key, value] of put) {
      if (!isThere(over, this.#ground, key)) size++;
      over.set(key, value);
    }
    for (const key of removed) {
      if (!isThere(over, this.#ground, key)) continue;
      size--;
      if (this.#ground.has(key)) over.set(key, GONE);
      else over.delete(key);
    }
    const next = new LayeredMap<K, V>(this.#ground, over, size);
    return over.size > MOST_LAID_OVER ? LayeredMap.of(next) : next;
  }

  /** What is different from a map before, in no order; those of one origin are compared by what was changed since. */
  changesFrom(before: LayeredMap<K, V>): readonly MapChange<K, V>[] {
    const [now, then] = before.#ground === this.#ground ? [this.#over, before.#over] : [this, before];
    const keys = new Set([...then.keys(), ...now.keys()]);
    const changes: MapChange<K, V>[] = [];
    for (const key of keys) {
      const [was, is] = [before.get(key), this.get(key)];
      if (was !== is) changes.push({ key, before: was, after: is });
    }
    return changes;
  }

  get(key: K): V | undefined {
    const value = this.#over.get(key);
    if (value === GONE) return undefined;
    return value ?? this.#ground.get(key);
  }

  has(key: K): boolean {
    return isThere(this.#over, this.#ground, key);
  }

  *entries(): MapIterator<[K, V]> {
    for (const [key, value] of this.#ground) {
      const over = this.#over.get(key) ?? value;
      if (over !== GONE) yield [key, over];
    }
    for (const [key, value] of this.#over) if (value !== GONE && !this.#ground.has(key)) yield [key, value];
  }

  [Symbol.iterator](): MapIterator<[K, V]> {
    return this.entries();
  }

  *keys(): MapIterator<K> {
    for (const [key] of this) yield key;
  }

  *values(): MapIterator<V> {
    for (const [, value] of this) yield value;
  }

  forEach(run: (value: V, key: K, map: ReadonlyMap<K, V>) => void): void {
    for (const [key, value] of this) run(value, key, this);
  }
}

function isThere<K, V>(over: ReadonlyMap<K, V | typeof GONE>, ground: ReadonlyMap<K, V>, key: K): boolean {
  const value = over.get(key);
  return value === undefined ? ground.has(key) : value !== GONE;
}
