import type { Command } from '#shared/document/command.ts';
import type { CatalogueView } from '#shared/document/view.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { Refusal } from '#shared/protocol/refusal.ts';

/** The part of a catalogue that a checker looks at. */
export type StatusView = Pick<CatalogueView, 'streams' | 'streamers' | 'resolve'>;

/** The catalogue as a checker needs it: a replica of its own, or a desk's. */
export type StatusCatalogue = Readonly<{
  catalogue: () => StatusView;
  /** @returns how to stop */
  onCatalogue: (listener: () => void) => () => void;
  send: (command: Command) => Promise<Result<unknown, Refusal>>;
}>;
