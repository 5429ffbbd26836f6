import { Ellipsis, Eye, EyeOff, Volume2, VolumeOff } from 'lucide-react';
import { memo, type MouseEvent } from 'react';
import type { TileView } from '#shared/document/view.ts';
import { useActions } from '../stores/control-context.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { messages } from './messages.ts';
import { openMenuOf } from './open-menu.ts';
import styles from './TileButtons.module.css';

/** What is done most often to a tile, under the pointer. The keyboard has keys for all of it. */
export const TileButtons = memo(function TileButtons(props: {
  readonly tile: TileView;
  readonly code: string;
}) {
  const { tile, code } = props;
  const { wall } = useActions();
  const listen = () => void wall({ type: 'listen', tile: tile.heard ? null : tile.id });
  const blur = () => void wall({ type: 'blur', tile: tile.id, on: !tile.blurred });
  const more = (event: MouseEvent<HTMLElement>) => openMenuOf(event.currentTarget);
  return (
    <div className={styles.buttons} role="group" aria-label={code}>
      <IconButton
        small
        tabIndex={-1}
        on={tile.heard && 'heard'}
        label={tile.heard ? messages.stopListening : messages.listen}
        keys="Space"
        icon={tile.heard ? <VolumeOff size={15} /> : <Volume2 size={15} />}
        onClick={listen}
      />
      <IconButton
        small
        tabIndex={-1}
        on={tile.blurred && 'hidden'}
        label={tile.blurred ? messages.unblur : messages.blur}
        keys="B"
        icon={tile.blurred ? <Eye size={15} /> : <EyeOff size={15} />}
        onClick={blur}
      />
      <IconButton
        small
        tabIndex={-1}
        label={messages.tileMenu(code)}
        keys="Enter"
        icon={<Ellipsis size={15} />}
        onClick={more}
      />
    </div>
  );
});
