import { Grid3x3, Minus, Plus } from 'lucide-react';
import { useState } from 'react';
import { MAX_GRID_SIDE, type Grid } from '#shared/model/tile.ts';
import { useActions, useMirror } from '../stores/control-context.tsx';
import { Button } from '../ui/Button.tsx';
import { classNames } from '../ui/class-names.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Popover } from '../ui/Popover.tsx';
import { benchedByGrid } from './grid-change.ts';
import styles from './GridSizeControl.module.css';
import { messages } from './messages.ts';
import { cellsOf } from './stage-geometry.ts';

const words = messages.grid;

/** How many columns and rows the wall has; says beforehand what a smaller grid costs. */
export function GridSizeControl() {
  const wall = useMirror((mirror) => mirror.wall);
  const { wall: send } = useActions();
  const [open, setOpen] = useState(false);
  const [looking, setLooking] = useState<Grid | null>(null);
  const { grid } = wall;
  const shown = looking ?? grid;
  const benched = benchedByGrid(wall, shown);
  const choose = (next: Grid) => {
    setLooking(null);
    void send({ type: 'set-grid', grid: next });
  };
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label={words.label}
      trigger={
        <Button
          tone="quiet"
          icon={<Grid3x3 size={15} />}
          aria-label={words.name(grid.cols, grid.rows)}
          data-grid={`${grid.cols}x${grid.rows}`}
        >
          {words.button(grid.cols, grid.rows)}
        </Button>
      }
    >
      <div className={styles.size}>
        <GridPicker grid={grid} shown={shown} onLook={setLooking} onChoose={choose} />
        <Stepper
          what={words.columns}
          value={grid.cols}
          onChange={(cols) => choose({ cols, rows: grid.rows })}
        />
        <Stepper what={words.rows} value={grid.rows} onChange={(rows) => choose({ cols: grid.cols, rows })} />
        <p className={classNames(styles.cost, benched > 0 && styles.benches)}>
          {benched === 0 ? words.keepsAll : words.benches(benched)}
        </p>
      </div>
    </Popover>
  );
}

type GridPickerProps = {
  readonly grid: Grid;
  readonly shown: Grid;
  readonly onLook: (grid: Grid | null) => void;
  readonly onChoose: (grid: Grid) => void;
};

/** The pointer's way: point at the last cell that the wall should have. The steppers beside it are the keyboard's. */
function GridPicker({ grid, shown, onLook, onChoose }: GridPickerProps) {
  const all = { cols: MAX_GRID_SIDE, rows: MAX_GRID_SIDE };
  return (
    <div className={styles.picker} aria-hidden="true" onPointerLeave={() => onLook(null)}>
      {cellsOf(all).map(({ x, y }) => (
        <span
          key={`${x},${y}`}
          className={classNames(
            styles.cell,
            x < grid.cols && y < grid.rows && styles.now,
            x < shown.cols && y < shown.rows && styles.then,
          )}
          title={words.choose(x + 1, y + 1)}
          onPointerEnter={() => onLook({ cols: x + 1, rows: y + 1 })}
          onClick={() => onChoose({ cols: x + 1, rows: y + 1 })}
        />
      ))}
    </div>
  );
}

function Stepper(props: {
  readonly what: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
}) {
  const { what, value, onChange } = props;
  return (
    <div className={styles.stepper} role="group" aria-label={what}>
      <span className={styles.what}>{what}</span>
      <IconButton
        small
        label={words.fewer(what)}
        icon={<Minus size={14} />}
        aria-disabled={value <= 1}
        onClick={() => value > 1 && onChange(value - 1)}
      />
      <output className={styles.value}>{value}</output>
      <IconButton
        small
        label={words.more(what)}
        icon={<Plus size={14} />}
        aria-disabled={value >= MAX_GRID_SIDE}
        onClick={() => value < MAX_GRID_SIDE && onChange(value + 1)}
      />
    </div>
  );
}
