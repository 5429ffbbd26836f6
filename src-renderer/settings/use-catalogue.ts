import type { CatalogueCommand } from '#shared/document/command.ts';
import { useControl } from '../stores/control-context.tsx';

/** Sends one command to the catalogue, and tells of a refusal. @returns whether it was done, or is so already */
export function useCatalogue(): (command: CatalogueCommand) => Promise<boolean> {
  const { actions } = useControl();
  return async (command) => {
    const outcome = await actions.catalogue(command);
    if (!outcome.ok && outcome.error.reason !== 'unchanged') actions.say(outcome.error.message, 'warning');
    return outcome.ok || outcome.error.reason === 'unchanged';
  };
}

/** A random id, safe in every key. */
export const newId = (): string => crypto.randomUUID().replaceAll('-', '');
