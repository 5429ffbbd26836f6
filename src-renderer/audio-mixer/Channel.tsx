import { Ear, Volume1, Volume2, VolumeX } from 'lucide-react';
import type { TileView } from '#shared/document/view.ts';
import { useActions, useMirror } from '../stores/control-context.tsx';
import { Chip } from '../ui/Chip.tsx';
import { classNames } from '../ui/class-names.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Meter } from '../ui/Meter.tsx';
import { Slider } from '../ui/Slider.tsx';
import { streamName } from '../words/stream-words.ts';
import styles from './Channel.module.css';
import { messages } from './messages.ts';
import { SoloButton } from './SoloButton.tsx';
import { useVolume } from './use-volume.ts';

/** One tile that sounds: the one that is heard, or one in the background. */
export function Channel({ tile }: { readonly tile: TileView }) {
  const stream = useMirror((mirror) => mirror.streams.get(tile.stream));
  const { wall } = useActions();
  const { volume, onMove, onSettle } = useVolume(tile);
  const code = stream?.code ?? '–';
  const kind = kindOf(tile);
  const press = () =>
    void wall(
      kind === 'background'
        ? { type: 'set-background', tile: tile.id, on: false }
        : { type: 'listen', tile: tile.heard ? null : tile.id },
    );
  return (
    <div
      className={classNames(styles.channel, tile.heard && styles.heard)}
      role="group"
      aria-label={`${names[kind]}: ${code}`}
      data-channel={tile.id}
    >
      <IconButton on={ons[kind]} label={pressWords[kind](code)} icon={icons[kind]} onClick={press} />
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
      <Level tile={tile} code={code} />
      <IconButton
        small
        label={kind === 'background' ? messages.listen(code) : messages.toBackground(code)}
        icon={kind === 'background' ? <Volume2 size={15} /> : <Ear size={15} />}
        onClick={() =>
          void wall(
            kind === 'background'
              ? { type: 'listen', tile: tile.id }
              : { type: 'set-background', tile: tile.id, on: true },
          )
        }
      />
      <SoloButton tile={tile.id} code={code} stream={stream} />
    </div>
  );
}

/** A tile that is neither heard nor in the background is here because this machine plays it alone. */
const kindOf = ({ heard, background }: TileView) => (heard ? 'heard' : background ? 'background' : 'silent');

const names = { heard: messages.heard, background: messages.background, silent: messages.soloTitle } as const;
const ons = { heard: 'heard', background: 'plain', silent: false } as const;
const icons = {
  heard: <Volume2 size={17} />,
  background: <Volume1 size={17} />,
  silent: <VolumeX size={17} />,
} as const;
const pressWords = {
  heard: messages.stop,
  background: messages.stopBackground,
  silent: messages.listen,
} as const;

/** How loud it is now, drawn many times a second; nothing while that is not known. */
function Level({ tile, code }: { readonly tile: TileView; readonly code: string }) {
  const level = useMirror((mirror) => mirror.levels.get(tile.id));
  if (level === undefined) return null;
  return <Meter value={Math.min(1, level)} words={messages.level(code)} />;
}
