import type { SceneView } from '#shared/document/view.ts';
import { useMirror } from '../stores/control-context.tsx';
import { messages } from './messages.ts';
import styles from './ScenePicture.module.css';

/** A scene in small: its cells in their true shape, each with the code of what it shows. */
export function ScenePicture({ scene }: { readonly scene: Pick<SceneView, 'name' | 'grid' | 'tiles'> }) {
  const shape = useMirror((mirror) => mirror.shape.width / mirror.shape.height);
  const streams = useMirror((mirror) => mirror.streams);
  const { cols, rows } = scene.grid;
  return (
    <div
      role="img"
      aria-label={messages.picture(
        scene.name,
        scene.tiles.map((tile) => streams.get(tile.stream)?.code ?? '–'),
      )}
      className={styles.picture}
      style={{ aspectRatio: shape }}
    >
      {scene.tiles.map((tile) => (
        <span
          key={`${tile.x},${tile.y}`}
          className={styles.tile}
          style={{
            left: `${(tile.x / cols) * 100}%`,
            top: `${(tile.y / rows) * 100}%`,
            width: `${(tile.w / cols) * 100}%`,
            height: `${(tile.h / rows) * 100}%`,
          }}
        >
          <span className={styles.code}>{streams.get(tile.stream)?.code ?? '–'}</span>
        </span>
      ))}
    </div>
  );
}
