import { usePreference } from '../stores/control-context.tsx';
import { keysOf, roomActions, type RoomActionId } from './room-actions.ts';

/** The keys of an action as this person has them, to be shown; undefined where it has none. */
export function useActionKeys(id: RoomActionId): string | undefined {
  const own = usePreference('hotkeys');
  const action = roomActions.find((one) => one.id === id);
  return action === undefined ? undefined : keysOf(action, own)[0];
}
