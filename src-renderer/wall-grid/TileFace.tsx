import { EyeOff, Volume1, Volume2 } from 'lucide-react';
import { memo } from 'react';
import type { StreamView, TileView } from '#shared/document/view.ts';
import { useMirror, useNow } from '../stores/control-context.tsx';
import { classNames } from '../ui/class-names.ts';
import { Meter } from '../ui/Meter.tsx';
import { PlatformIcon } from '../ui/PlatformIcon.tsx';
import { StatusMark, type StatusTone } from '../ui/StatusMark.tsx';
import {
  isMaybeEnded,
  streamName,
  streamPlace,
  streamStateReason,
  streamStateWords,
} from '../words/stream-words.ts';
import type { TileCondition } from '../words/tile-words.ts';
import { Viewers } from '../stream-table/Viewers.tsx';
import { messages } from './messages.ts';
import { StillPicture } from './StillPicture.tsx';
import styles from './TileFace.module.css';

/** What one sees of a tile. Its parts give way to each other by the room there is: the code stays longest. */
export const TileFace = memo(function TileFace(props: {
  readonly tile: TileView;
  readonly stream: StreamView | undefined;
  readonly condition: TileCondition;
}) {
  const { tile, stream, condition } = props;
  const still = useMirror((mirror) => mirror.stills.get(tile.id));
  const now = useNow(60_000);
  return (
    <div
      aria-hidden="true"
      className={classNames(
        styles.face,
        still !== undefined && styles.pictured,
        tile.blurred && styles.blurred,
        tile.heard && styles.heard,
        condition.tone === 'failed' && styles.failed,
      )}
    >
      {still !== undefined && (
        <StillPicture still={still} className={classNames(styles.still, styles[tile.fit])} />
      )}
      <div className={styles.top}>
        <span className={styles.code}>{stream?.code ?? messages.missingCode}</span>
        <Marks tile={tile} tone={condition.tone} />
      </div>
      <p className={styles.name}>{stream === undefined ? messages.missing : streamName(stream)}</p>
      {stream !== undefined && (
        <p className={styles.place}>
          <PlatformIcon platform={stream.platform} size={13} />
          <span className={styles.words}>{streamPlace(stream)}</span>
          <span className={styles.viewers}>
            <Viewers stream={stream} />
          </span>
        </p>
      )}
      <div className={styles.state}>
        <Level tile={tile} />
        <p className={classNames(styles.condition, styles[condition.tone])}>
          <StatusMark tone={condition.tone} />
          <span className={styles.words}>{condition.words}</span>
        </p>
        {stream !== undefined && isWorthSaying(stream) && (
          <p
            className={styles.reason}
            data-stream-status={stream.status}
            title={streamStateReason(stream, now)}
          >
            {streamStateWords(stream, now)}
          </p>
        )}
        {condition.reason !== '' && <p className={styles.reason}>{condition.reason}</p>}
      </div>
    </div>
  );
});

/** A tile that plays says by itself that its stream is live. */
function isWorthSaying(stream: StreamView): boolean {
  return isMaybeEnded(stream) || ['offline', 'gone', 'upcoming'].includes(stream.status);
}

/** How loud it is. The only part of a tile that is drawn many times a second. */
function Level({ tile }: { readonly tile: TileView }) {
  const level = useMirror((mirror) => mirror.levels.get(tile.id) ?? 0);
  if (level < 0.01) return null;
  return (
    <span className={classNames(styles.level, (tile.heard || tile.background) && styles.audible)}>
      <span className={styles.peak} style={{ transform: `scaleX(${Math.min(1, level).toFixed(2)})` }} />
    </span>
  );
}

/** What is heard, and what is hidden. */
function Marks({ tile, tone }: { readonly tile: TileView; readonly tone: StatusTone }) {
  const audible = tile.heard || tile.background;
  return (
    <span className={styles.marks}>
      <span className={styles.small}>
        <StatusMark tone={tone} />
      </span>
      {tile.blurred && (
        <span className={styles.hidden}>
          <EyeOff size={15} />
          <span className={styles.markWords}>{messages.blurred}</span>
        </span>
      )}
      {audible && (
        <span className={tile.heard ? styles.heardMark : styles.backgroundMark}>
          {tile.heard ? <Volume2 size={16} /> : <Volume1 size={15} />}
          {tile.volume < 1 && (
            <Meter value={tile.volume} words={messages.volume(Math.round(tile.volume * 100))} />
          )}
        </span>
      )}
    </span>
  );
}
