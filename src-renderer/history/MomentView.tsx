import type { SceneView } from '#shared/document/view.ts';
import { arrangementOf } from '#shared/document/copy-wall.ts';
import type { WallArrangement } from '#shared/model/arrangement.ts';
import { useControl, useMirror, useScreen } from '../stores/control-context.tsx';
import { randomTileId } from '../stores/actions.ts';
import { Button } from '../ui/Button.tsx';
import { visuallyHidden } from '../ui/visually-hidden.ts';
import { OverStage } from '../wall-grid/OverStage.tsx';
import { tileById } from '../wall-grid/wall-lookup.ts';
import { stageShares } from '../wall-grid/stage-geometry.ts';
import { streamName } from '../words/stream-words.ts';
import { messages } from './messages.ts';
import styles from './MomentView.module.css';
import { locale } from '../words/language.ts';

/** Over the stage: the wall as it was. A tile is brought back by a click, or all of it at once. */
export function MomentView() {
  const control = useControl();
  const { screen, actions } = control;
  const moment = useScreen((state) => state.moment);
  const streams = useMirror((mirror) => mirror.streams);
  const wallId = useMirror((mirror) => mirror.wall.id);
  if (moment === null || moment.wall !== wallId) return null;
  const { was } = moment;
  const leave = () => screen.setState({ moment: null });
  const time = new Date(moment.atMs).toLocaleTimeString(locale);
  const bringBack = (tile: WallArrangement['tiles'][number]) => {
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
    <OverStage
      label={messages.wallAt(time)}
      onLeave={leave}
      picture={
        <div className={styles.tiles}>
          {was.tiles.map((tile) => {
            if (tile.place === null) return null;
            const stream = streams.get(tile.stream);
            const code = stream?.code ?? '–';
            return (
              <button
                key={tile.id}
                type="button"
                className={styles.tile}
                style={stageShares(tile.place, was.grid)}
                onClick={() => bringBack(tile)}
              >
                <span className={styles.code}>{code}</span>
                <span className={visuallyHidden}>{messages.restoreTile(code)}</span>
                <span className={styles.name}>{stream === undefined ? '' : streamName(stream)}</span>
              </button>
            );
          })}
        </div>
      }
    >
      <Button
        tone="loud"
        autoFocus
        onClick={() => {
          leave();
          const command = { type: 'load-arrangement', arrangement: was } as const;
          void actions.wall(command, messages.restored);
        }}
      >
        {messages.restoreAll}
      </Button>
      {was.scenes.map((scene) => (
        <RestoreScene key={scene.id} scene={scene} />
      ))}
      <Button onClick={leave}>{messages.leave}</Button>
    </OverStage>
  );
}

/** A scene that is not there now, or is another: brought back, and nothing else of the wall is touched. */
function RestoreScene({ scene }: { readonly scene: WallArrangement['scenes'][number] }) {
  const { mirror, actions } = useControl();
  const now = useMirror((state) => state.wall.scenes.find(({ id }) => id === scene.id));
  const isSame = now !== undefined && sameScene(now, scene);
  if (isSame) return null;
  const bringBack = () => {
    const whole = arrangementOf(mirror.getState().wall);
    const scenes = [...whole.scenes.filter(({ id }) => id !== scene.id), scene];
    const command = { type: 'load-arrangement', arrangement: { ...whole, scenes } } as const;
    void actions.wall(command, messages.sceneRestored(scene.name));
  };
  return <Button onClick={bringBack}>{messages.restoreScene(scene.name)}</Button>;
}

function sameScene(a: SceneView, b: WallArrangement['scenes'][number]): boolean {
  const plain = ({ name, grid, tiles }: Pick<SceneView, 'name' | 'grid' | 'tiles'>) =>
    JSON.stringify([
      name,
      grid.cols,
      grid.rows,
      tiles.map(({ x, y, w, h, stream, fit }) => [x, y, w, h, stream, fit]),
    ]);
  return plain(a) === plain(b);
}
