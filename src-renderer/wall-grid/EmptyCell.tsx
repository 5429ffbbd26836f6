import { Plus } from 'lucide-react';
import { memo } from 'react';
import type { Grid } from '#shared/model/tile.ts';
import { useControl } from '../stores/control-context.tsx';
import styles from './EmptyCell.module.css';
import { messages } from './messages.ts';
import { stageShares, type Cell } from './stage-geometry.ts';
import { swapHere } from './swap-here.ts';

/** A cell that nothing stands on: a click or a letter opens the field for a code. */
export const EmptyCell = memo(function EmptyCell(props: {
  readonly cell: Cell;
  readonly grid: Grid;
  /** Whether the keyboard's place on the stage is here. */
  readonly current: boolean;
}) {
  const { cell, grid, current } = props;
  const control = useControl();
  const enter = () => {
    if (!swapHere(cell, control))
      control.screen.setState({ code: { at: { ...cell, tile: null }, text: '' } });
  };
  return (
    <li className={styles.cell} style={stageShares({ ...cell, w: 1, h: 1 }, grid)}>
      <button
        type="button"
        className={styles.face}
        data-spot={`${cell.x},${cell.y}`}
        data-cell={`${cell.x},${cell.y}`}
        tabIndex={current ? 0 : -1}
        aria-label={`${messages.emptyCell}, ${messages.position(cell.x, cell.y)}`}
        onClick={enter}
      >
        <Plus size={16} className={styles.plus} />
        <span className={styles.hint}>{messages.emptyCellHint}</span>
      </button>
    </li>
  );
});
