import { Headphones } from 'lucide-react';
import type { TileId } from '#shared/model/ids.ts';
import { useActionKeys } from '../control/use-action-keys.ts';
import { useControl, useMirror } from '../stores/control-context.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { messages } from './messages.ts';
import { isSolo, setSolo } from './solo.ts';

/** Plays one tile alone on this machine, and back; nothing where no wall stands on its screens. */
export function SoloButton({ tile, code }: { readonly tile: TileId; readonly code: string }) {
  const control = useControl();
  const on = useMirror((mirror) => isSolo(mirror, tile));
  const keys = useActionKeys('solo');
  if (on === null) return null;
  return (
    <IconButton
      small
      on={on && 'plain'}
      label={on ? messages.soloEnd : messages.solo(code)}
      keys={keys}
      icon={<Headphones size={15} />}
      onClick={() => setSolo(on ? null : tile, control)}
    />
  );
}
