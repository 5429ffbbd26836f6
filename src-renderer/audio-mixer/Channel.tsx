import { Volume1, Volume2 } from 'lucide-react';
import type { TileView } from '#shared/document/view.ts';
import { useActions, useMirror } from '../stores/control-context.tsx';
import { Chip } from '../ui/Chip.tsx';
import { classNames } from '../ui/class-names.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Slider } from '../ui/Slider.tsx';
import { streamName } from '../words/stream-words.ts';
import styles from './Channel.module.css';
import { messages } from './messages.ts';
import { useVolume } from './use-volume.ts';

/** One tile that sounds: the one that is heard, or one in the background. */
export function Channel({ tile }: { readonly tile: TileView }) {
  const stream = useMirror((mirror) => mirror.streams.get(tile.stream));
  const { wall } = useActions();
  const { volume, onMove, onSettle } = useVolume(tile);
  const code = stream?.code ?? '–';
  const stop = () =>
    void wall(
      tile.heard ? { type: 'listen', tile: null } : { type: 'set-background', tile: tile.id, on: false },
    );
  return (
    <div
      className={classNames(styles.channel, tile.heard && styles.heard)}
      role="group"
      aria-label={`${tile.heard ? messages.heard : messages.background}: ${code}`}
      data-channel={tile.id}
    >
      <IconButton
        on={tile.heard ? 'heard' : 'plain'}
        label={tile.heard ? messages.stop(code) : messages.stopBackground(code)}
        icon={tile.heard ? <Volume2 size={17} /> : <Volume1 size={17} />}
        onClick={stop}
      />
      <Chip tone={tile.heard ? 'heard' : 'placed'}>{code}</Chip>
      {tile.heard && stream !== undefined && <span className={styles.name}>{streamName(stream)}</span>}
      <div className={styles.slider}>
        <Slider
          heard={tile.heard}
          label={messages.volume(code)}
          valueWords={messages.percent(volume)}
          value={volume}
          onMove={onMove}
          onSettle={onSettle}
        />
      </div>
      <span className={styles.percent}>{messages.percent(volume)}</span>
    </div>
  );
}
