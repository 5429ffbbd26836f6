import { memo, useState } from 'react';
import type { StreamView, TileView } from '#shared/document/view.ts';
import type { CellRect, Grid } from '#shared/model/tile.ts';
import { cellKeyHint } from '../control/shortcuts.ts';
import { useControl, useMirror, useNow, usePreference, useScreen } from '../stores/control-context.tsx';
import { classNames } from '../ui/class-names.ts';
import { isTouch } from '../ui/is-touch.ts';
import { streamName, streamPlace } from '../words/stream-words.ts';
import { tileCondition, type TileCondition } from '../words/tile-words.ts';
import { messages } from './messages.ts';
import { openMenuOf } from './open-menu.ts';
import { ResizeEdges } from './ResizeEdges.tsx';
import { stageShares, type Cell } from './stage-geometry.ts';
import styles from './StageTile.module.css';
import { swapHere } from './swap-here.ts';
import { TileButtons } from './TileButtons.tsx';
import { TileFace } from './TileFace.tsx';
import { TileMenu } from './TileMenu.tsx';
import { useWallDrag } from './use-wall-drag.ts';

type StageTileProps = {
  readonly tile: TileView;
  readonly grid: Grid;
  /** Whether the keyboard's place on the stage is here. */
  readonly current: boolean;
  readonly inHand: boolean;
  /** Whether letting go of what is in the hand would send it to the bench. */
  readonly leaving: boolean;
};

/** One tile of the wall: what it shows, how it is doing, and handles for everything. */
export const StageTile = memo(function StageTile(props: StageTileProps) {
  const { tile, grid, current, inHand, leaving } = props;
  const { place } = tile;
  const stream = useMirror((mirror) => mirror.streams.get(tile.stream));
  const report = useMirror((mirror) => mirror.reports.get(tile.id));
  const now = useNow(report == null || report.retryAtMs === null ? null : 1000);
  const condition = tileCondition(report, now);
  const control = useControl();
  const { wall } = control.actions;
  const swapping = useScreen((screen) => screen.swapFrom === tile.id);
  const [pointed, setPointed] = useState(false);
  const bind = useWallDrag((cell) => ({ kind: 'tile', tile: tile.id, grab: grabOf(cell, tile.place) }));
  if (place === null) return null;

  const code = stream?.code ?? messages.missingCode;
  return (
    <TileMenu tile={tile} stream={stream}>
      <li
        className={classNames(
          styles.tile,
          tile.heard && styles.heard,
          inHand && styles.inHand,
          leaving && styles.leaving,
          swapping && styles.swapping,
        )}
        style={stageShares(place, grid)}
        data-tile={tile.id}
        data-code={code}
        data-heard={tile.heard || undefined}
        data-blurred={tile.blurred || undefined}
        data-state={report?.state}
        onPointerEnter={() => setPointed(true)}
        onPointerLeave={() => setPointed(false)}
        data-place={`${place.x},${place.y},${place.w},${place.h}`}
      >
        <TileFace tile={tile} stream={stream} condition={condition} />
        <button
          {...bind()}
          type="button"
          className={styles.hit}
          data-spot={`${place.x},${place.y}`}
          tabIndex={current ? 0 : -1}
          aria-haspopup="menu"
          aria-label={nameOf(tile, stream, condition, place)}
          onClick={(event) => {
            const isDone = swapHere(tile, control);
            if (!isDone && isTouch(event.nativeEvent)) openMenuOf(event.currentTarget);
          }}
          onDoubleClick={() => void wall({ type: 'promote-tile', tile: tile.id })}
        />
        {pointed && <TileButtons tile={tile} code={code} />}
        <ResizeEdges tile={tile.id} />
        <KeyHint place={place} grid={grid} />
        {leaving && <p className={styles.leavingWords}>{messages.toBench}</p>}
      </li>
    </TileMenu>
  );
});

/** By which of its own cells a tile was taken. */
function grabOf(cell: Cell | null, place: CellRect | null): Cell {
  return cell === null || place === null ? { x: 0, y: 0 } : { x: cell.x - place.x, y: cell.y - place.y };
}

/** Which key listens to this tile, while Alt is held. */
function KeyHint({ place, grid }: { readonly place: CellRect; readonly grid: Grid }) {
  const altHeld = useScreen((screen) => screen.altHeld);
  const own = usePreference('hotkeys');
  const hint = altHeld ? cellKeyHint(place.y * grid.cols + place.x, own) : null;
  return hint !== null ? <kbd className={styles.keyHint}>{hint}</kbd> : null;
}

function nameOf(
  tile: TileView,
  stream: StreamView | undefined,
  condition: TileCondition,
  place: CellRect,
): string {
  const what =
    stream === undefined
      ? [messages.missing]
      : [stream.code, streamName(stream), streamPlace(stream)].filter((part) => part !== '');
  const how = [condition.words, condition.reason].filter((part) => part !== '');
  const also = [
    tile.heard && messages.heard,
    tile.background && messages.background,
    tile.blurred && messages.blurred,
  ].filter((part) => part !== false);
  return [...what, ...how, ...also, messages.position(place.x, place.y)].join(', ');
}
