import { useMemo, type CSSProperties, type KeyboardEvent } from 'react';
import { useActions, useMirror, useScreen } from '../stores/control-context.tsx';
import { focusMarks } from '../control/focus-places.ts';
import { Button } from '../ui/Button.tsx';
import { MomentView } from '../history/MomentView.tsx';
import { ScenePreview } from '../scenes/ScenePreview.tsx';
import { OthersOnStage } from '../together/Others.tsx';
import { classNames } from '../ui/class-names.ts';
import { CodePrompt } from './CodePrompt.tsx';
import { placesAfter } from './drop.ts';
import { expectedWall } from './expected-wall.ts';
import { DropGhost } from './DropGhost.tsx';
import { EmptyCell } from './EmptyCell.tsx';
import { messages } from './messages.ts';
import styles from './Stage.module.css';
import { cellsOf } from './stage-geometry.ts';
import { StageTile } from './StageTile.tsx';
import { useStageFocus } from './use-stage-focus.ts';
import { useStageKeys } from './use-stage-keys.ts';
import { tileAt } from './wall-lookup.ts';

/** The wall in its true shape, to be arranged. Tiles and empty cells are one list with one stop for the Tab key. */
export function Stage() {
  const now = useMirror((mirror) => mirror.wall);
  const shape = useMirror((mirror) => mirror.shape.width / mirror.shape.height);
  const drag = useScreen((screen) => screen.drag);
  const underway = useScreen((screen) => screen.underway);
  const { onKeyDown, onPaste } = useStageKeys();
  const wall = useMemo(() => expectedWall(now, underway), [now, underway]);
  const { stageRef, spot, onFocus, onBlur } = useStageFocus(wall);

  const promised = drag === null ? null : placesAfter(drag.drop);
  // In an order that does not change when tiles move: moving a node in the page would take its focus and its motion.
  const tiles = useMemo(() => wall.tiles.toSorted((a, b) => (a.id < b.id ? -1 : 1)), [wall.tiles]);
  const cells = useMemo(() => cellsOf(wall.grid), [wall.grid]);
  const empty = useMemo(() => cells.filter((cell) => tileAt(wall, cell) === undefined), [cells, wall]);
  const spotCell = `${spot.cell.x},${spot.cell.y}`;

  const keys = (event: KeyboardEvent<HTMLElement>) => {
    // Menus and fields that opened from here are elsewhere in the page, and have their own keys.
    if (event.target instanceof HTMLElement && event.target.dataset['spot'] !== undefined) onKeyDown(event);
  };
  return (
    <section
      className={styles.frame}
      style={{ '--shape': shape } as CSSProperties}
      aria-label={messages.stage(wall.name, wall.grid.cols, wall.grid.rows)}
    >
      <div
        ref={stageRef}
        className={classNames(styles.stage, wall.censored && styles.censored)}
        data-drop="stage"
        data-focus={focusMarks.stage}
      >
        <ul
          className={styles.cells}
          aria-label={messages.stageHelp}
          onKeyDown={keys}
          onPaste={onPaste}
          onFocus={onFocus}
          onBlur={onBlur}
        >
          {empty.map((cell) => (
            <EmptyCell
              key={`${cell.x},${cell.y}`}
              cell={cell}
              grid={wall.grid}
              current={spot.kind === 'empty' && spotCell === `${cell.x},${cell.y}`}
            />
          ))}
          {tiles.map((tile) => (
            <StageTile
              key={tile.id}
              tile={tile}
              grid={wall.grid}
              current={spot.kind === 'tile' && spot.tile.id === tile.id}
              inHand={drag !== null && drag.subject.kind === 'tile' && drag.subject.tile === tile.id}
              leaving={promised?.get(tile.id) === null}
            />
          ))}
        </ul>
        {tiles.length === 0 && underway.length === 0 && drag === null && <EmptyWall />}
        {underway.map((drop, index) => (
          <DropGhost key={index} drop={drop} underway />
        ))}
        {drag !== null && <DropGhost drop={drag.drop} />}
        <OthersOnStage />
        <CodePrompt />
        <ScenePreview />
        <MomentView />
        {wall.censored && <Cover />}
      </div>
    </section>
  );
}

function EmptyWall() {
  return (
    <div className={styles.emptyWall}>
      <div className={styles.emptyWords}>
        <p className={styles.emptyTitle}>{messages.emptyWall.title}</p>
        <p>{messages.emptyWall.words}</p>
      </div>
    </div>
  );
}

function Cover() {
  const { wall } = useActions();
  return (
    <div className={styles.cover}>
      <p>{messages.censored}</p>
      <Button tone="hidden" onClick={() => void wall({ type: 'censor', on: false })}>
        {messages.uncover}
      </Button>
    </div>
  );
}
