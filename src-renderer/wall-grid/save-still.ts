import type { TileId } from '#shared/model/ids.ts';
import type { Actions } from '../stores/actions.ts';
import { saveFile } from '../ui/save-file.ts';
import { messages } from './messages.ts';

/** Asks the wall for a picture of a tile in full size, and hands it to the person as a file. */
export async function saveStill(
  tile: TileId,
  code: string,
  actions: Pick<Actions, 'signalTile' | 'say'>,
): Promise<void> {
  const outcome = await actions.signalTile(tile, 'still');
  if (!outcome.ok || outcome.value.image === undefined) return;
  const bytes = Uint8Array.from(atob(outcome.value.image.replace(/^[^,]*,/, '')), (sign) =>
    sign.charCodeAt(0),
  );
  const time = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
  saveFile(`${code} ${time}.jpg`, 'image/jpeg', bytes);
  actions.say(messages.stillTaken);
}
