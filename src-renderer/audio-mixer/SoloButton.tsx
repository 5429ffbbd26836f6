import { Headphones } from 'lucide-react';
import type { StreamView } from '#shared/document/view.ts';
import type { TileId } from '#shared/model/ids.ts';
import { useActionKeys } from '../control/use-action-keys.ts';
import { useControl, useMirror } from '../stores/control-context.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { messages } from './messages.ts';
import { isSolo, listenInTab, listensInTabs, setSolo } from './solo.ts';

/** Plays one tile alone on this machine, and back; in a browser, in a tab. Nothing at a desk whose wall is on no screen. */
export function SoloButton(props: {
  readonly tile: TileId;
  readonly code: string;
  readonly stream: StreamView | undefined;
}) {
  const { tile, code, stream } = props;
  const control = useControl();
  const on = useMirror((mirror) => isSolo(mirror, tile));
  const keys = useActionKeys('solo');
  const inTab = useMirror(listensInTabs);
  if (inTab && stream !== undefined) {
    return (
      <IconButton
        small
        label={messages.soloTab(code)}
        keys={keys}
        icon={<Headphones size={15} />}
        onClick={() => listenInTab(stream)}
      />
    );
  }
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
