import type { WallCommand } from './command.ts';
import { samePlain, stamped } from './stored-value.ts';
import { plan, refuse, type WallContext, type WallPlan } from './wall-plan.ts';
import type { WallState } from './wall-state.ts';

type CommandOf<T extends WallCommand['type']> = Extract<WallCommand, { type: T }>;

/** Name and colours; the grid is planned with the places, for it moves tiles. */
export function planSettings(
  state: WallState,
  command: CommandOf<'set-name' | 'set-colours'>,
  { stamps }: WallContext,
): WallPlan {
  const [key, value] =
    command.type === 'set-name' ? (['name', command.name] as const) : (['colours', command.colours] as const);
  if (samePlain(state.settings[key], value)) return refuse('unchanged', `The wall has that ${key} already.`);
  return plan({ type: 'set-key', root: 'settings', key, value: stamped(value, stamps.next()) });
}
