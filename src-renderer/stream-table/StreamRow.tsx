import { memo, useState } from 'react';
import type { StreamView } from '#shared/document/view.ts';
import type { StreamId } from '#shared/model/ids.ts';
import { WAITS_FOR_SHEET } from '#shared/model/waits-for-sheet.ts';
import { useNow } from '../stores/control-context.tsx';
import { Chip } from '../ui/Chip.tsx';
import { classNames } from '../ui/class-names.ts';
import { PlatformIcon } from '../ui/PlatformIcon.tsx';
import { StatusMark } from '../ui/StatusMark.tsx';
import {
  isMaybeEnded,
  platformNames,
  streamName,
  streamOrigin,
  streamPlace,
  streamStateReason,
  streamStateWords,
  streamTone,
} from '../words/stream-words.ts';
import { visuallyHidden } from '../ui/visually-hidden.ts';
import { ListRow, toneOf, type ListRowProps } from './ListRow.tsx';
import { messages } from './messages.ts';
import { RowButtons } from './RowButtons.tsx';
import styles from './StreamRow.module.css';
import { useRowActions } from './use-row-actions.ts';
import { Viewers } from './Viewers.tsx';
import type { WallMark } from './use-stream-rows.ts';

/** One stream: its code, what it is called and where it is, and how it is doing. The list drags it and opens its menu. */
export const StreamRow = memo(function StreamRow({ stream, index, start, mark, active }: ListRowProps) {
  const { place } = useRowActions();
  // Of a stream, as the row may be given another.
  const [pointed, setPointed] = useState<StreamId | null>(null);
  const now = useNow(60_000);
  return (
    <ListRow
      {...{ stream, start, active }}
      line={index + 1}
      className={styles.row}
      onDoubleClick={() => place(stream)}
      onPointerEnter={() => setPointed(stream.id)}
      onPointerLeave={() => setPointed(null)}
    >
      <div role="gridcell" className={styles.code}>
        <Chip tone={toneOf(mark)}>{stream.code}</Chip>
      </div>
      <div role="gridcell" className={styles.what}>
        <p className={styles.name}>{streamName(stream)}</p>
        <p className={styles.where}>
          <PlatformIcon platform={stream.platform} size={13} words={platformNames[stream.platform]} />
          <span className={styles.origin}>
            {[streamPlace(stream), streamOrigin(stream)].filter(Boolean).join(' · ')}
          </span>
        </p>
      </div>
      <div role="gridcell" className={styles.state} title={streamStateReason(stream, now)}>
        <p
          className={classNames(
            styles.status,
            stream.status === 'live' && !isMaybeEnded(stream) && styles.live,
          )}
        >
          <StatusMark tone={streamTone(stream)} />
          {streamStateWords(stream, now)}
        </p>
        {mark?.at === 'wall' && <span className={visuallyHidden}>{messages.onWall}</span>}
        <p data-viewers="">
          <Viewers stream={stream}>{mark?.at === 'wall' ? '' : quietMark(stream, mark)}</Viewers>
        </p>
      </div>
      {pointed === stream.id && <RowButtons stream={stream} mark={mark} />}
    </ListRow>
  );
});

/** Being on the wall is told by the chip; what is less usual by words. */
function quietMark(stream: StreamView, mark: WallMark | undefined): string {
  if (stream.kind === 'background' || stream.kind === 'overlay') return messages.layer[stream.kind];
  if (stream.moderation === 'waiting')
    return stream.tags?.includes(WAITS_FOR_SHEET) === true ? messages.waitsForSheet : messages.waits;
  return mark?.at === 'bench' ? messages.onBench : '';
}
