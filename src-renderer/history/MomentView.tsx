import { arrangementOf } from '#shared/document/copy-wall.ts';
import type { TileView } from '#shared/document/view.ts';
import { useControl, useMirror, useScreen } from '../stores/control-context.tsx';
import { randomTileId } from '../stores/actions.ts';
import { Button } from '../ui/Button.tsx';
import { isPlaced, tileById } from '../wall-grid/wall-lookup.ts';
import { stageShares } from '../wall-grid/stage-geometry.ts';
import { streamName } from '../words/stream-words.ts';
import { messages } from './messages.ts';
import styles from './MomentView.module.css';

/** Over the stage: the wall as it was. A tile is brought back by a click, or all of it at once. */
export function MomentView() {
  const control = useControl();
  const { screen, actions } = control;
  const moment = useScreen((state) => state.moment);
  const streams = useMirror((mirror) => mirror.streams);
  const wallId = useMirror((mirror) => mirror.wall.id);
  if (moment === null || moment.wall.id !== wallId) return null;
  const { wall } = moment;
  const leave = () => screen.setState({ moment: null });
  const time = new Date(moment.atMs).toLocaleTimeString();
  const bringBack = (tile: TileView) => {
    if (tile.place === null) return;
    const code = streams.get(tile.stream)?.code ?? '–';
    const known = tileById(control.mirror.getState().wall, tile.id);
    void actions.wall(
      known === undefined
        ? { type: 'place-stream', tile: randomTileId(), stream: tile.stream, at: tile.place }
        : { type: 'place-tile', tile: tile.id, at: tile.place },
      messages.tileRestored(code),
    );
  };
  return (
    <div
      className={styles.over}
      role="group"
      aria-label={messages.wallAt(time)}
      onKeyDown={(event) => event.key === 'Escape' && leave()}
    >
      {wall.tiles.filter(isPlaced).map((tile) => {
        const stream = streams.get(tile.stream);
        const code = stream?.code ?? '–';
        return (
          <button
            key={tile.id}
            type="button"
            className={styles.tile}
            style={stageShares(tile.place, wall.grid)}
            aria-label={messages.restoreTile(code)}
            onClick={() => bringBack(tile)}
          >
            <span className={styles.code}>{code}</span>
            <span className={styles.name}>{stream === undefined ? '' : streamName(stream)}</span>
          </button>
        );
      })}
      <div className={styles.bar}>
        <p>{messages.wallAt(time)}</p>
        <Button
          tone="loud"
          autoFocus
          onClick={() => {
            leave();
            const command = { type: 'load-arrangement', arrangement: arrangementOf(wall) } as const;
            void actions.wall(command, messages.restored);
          }}
        >
          {messages.restoreAll}
        </Button>
        <Button onClick={leave}>{messages.leave}</Button>
      </div>
    </div>
  );
}
