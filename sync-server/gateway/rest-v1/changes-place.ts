import { z } from 'zod';

/** How far somebody was told: of the catalogue, of what shows beside it, and of which store they are. */
export type Told = { readonly number: number; readonly beside: number; readonly store: string };

export const NO_PLACE = 'is no place among the changes';

/** A place as it was told, or its beginning: programs may keep the number alone. */
export const Place = z
  .string()
  .regex(/^\d{1,15}(\.\d{1,15}(\.[0-9a-z]{1,64})?)?$/, NO_PLACE)
  .transform((text) => {
    const [number, beside, store] = text.split('.');
    return { number: Number(number), beside: beside === undefined ? undefined : Number(beside), store };
  });
export type Place = z.infer<typeof Place>;

export const writePlace = ({ number, beside, store }: Told): string =>
  `${String(number)}.${String(beside)}.${store}`;

/**
 * Why telling cannot go on from a place; undefined when it can. A store that was filled anew, or set back to what it was, knows
 * nothing of what came after: who waited there for more would never hear of anything.
 * @param kept.oldest the lowest number that is kept; undefined when nothing is
 */
export function whyNotFrom(
  { number, beside, store }: Place,
  { last, oldest }: { readonly last: Told; readonly oldest: number | undefined },
): 'never-told' | 'forgotten' | undefined {
  if (store !== undefined && store !== last.store) return 'never-told';
  if (number > last.number || (beside ?? 0) > last.beside) return 'never-told';
  if (number === 0 || number === last.number || oldest === undefined) return undefined;
  return number + 1 < oldest ? 'forgotten' : undefined;
}
