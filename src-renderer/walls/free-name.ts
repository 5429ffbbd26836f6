import type { WallEntryView } from '#shared/document/view.ts';

/** The wanted name, or the first "name 2", "name 3" … that no wall has. */
export function freeName(wanted: string, walls: readonly WallEntryView[]): string {
  const taken = new Set(walls.map(({ name }) => name));
  if (!taken.has(wanted)) return wanted;
  const [, stem = wanted] = /^(.*?)(?: \d+)?$/.exec(wanted) ?? [];
  for (let number = 2; ; number++) {
    const name = `${stem.slice(0, 70)} ${String(number)}`;
    if (!taken.has(name)) return name;
  }
}
