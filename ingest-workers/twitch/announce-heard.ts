import type { StreamView, WallView } from '#shared/document/view.ts';
import type { StreamId } from '#shared/model/ids.ts';

/** What has been said of what is heard. */
export type HeardState = {
  readonly stream: StreamId | null;
  readonly sinceMs: number;
  readonly saidAtMs: number | undefined;
};

export type HeardTimes = { readonly afterMs: number; readonly everyMs: number };

export const nothingHeard: HeardState = { stream: null, sinceMs: 0, saidAtMs: undefined };

/**
 * Decides whether it is time to say what the wall listens to: once it has been heard for a while, so that switching
 * through streams says nothing, and again every so often. Which one is heard is the wall's, not the tile's place.
 */
export function stepHeard(
  state: HeardState,
  heard: StreamId | null,
  times: HeardTimes,
  nowMs: number,
): { readonly state: HeardState; readonly say: StreamId | undefined } {
  if (heard !== state.stream)
    return { state: { stream: heard, sinceMs: nowMs, saidAtMs: undefined }, say: undefined };
  if (heard === null) return { state, say: undefined };
  const isDue =
    state.saidAtMs === undefined
      ? nowMs - state.sinceMs >= times.afterMs
      : nowMs - state.saidAtMs >= times.everyMs;
  return isDue ? { state: { ...state, saidAtMs: nowMs }, say: heard } : { state, say: undefined };
}

export function heardOn(wall: WallView): StreamId | null {
  return wall.tiles.find(({ heard }) => heard)?.stream ?? null;
}

/** Puts a stream's words into an announcement. */
export function announcementOf(
  template: string,
  { label, source, title, code, city, region, link }: StreamView,
): string {
  const words: Readonly<Record<string, string>> = {
    label: label ?? source ?? title ?? code,
    place: [city, region].filter((part) => part !== undefined).join(', '),
    link,
    code,
  };
  return template.replaceAll(/\{(label|place|link|code)\}/g, (_, name: string) => words[name] ?? '');
}
