import { Plus } from 'lucide-react';
import { useControl, useMirror } from '../stores/control-context.tsx';
import { Button } from '../ui/Button.tsx';
import { messages as wallWords } from '../walls/messages.ts';
import { archiveWall, newWall } from '../walls/wall-actions.ts';
import { messages } from './messages.ts';
import styles from './Page.module.css';

const words = messages.walls;

/** Every wall there is, archived ones too. */
export function WallsPage() {
  const control = useControl();
  const current = useMirror((mirror) => mirror.wall.id);
  const walls = useMirror((mirror) => mirror.walls);
  const go = (run: () => Promise<unknown>) => () => {
    control.screen.setState({ over: null });
    void run();
  };
  return (
    <div className={styles.page}>
      <ul>
        {walls.map((wall) => (
          <li key={wall.id} className={styles.line} data-wall={wall.id}>
            <span className={styles.what}>
              {wall.name} {wall.archived && <span className={styles.quiet}>{words.archived}</span>}
            </span>
            {wall.id === current ? (
              <span className={styles.quiet}>{words.here}</span>
            ) : (
              !wall.archived && (
                <Button onClick={go(() => control.actions.openWall(wall.id))}>{words.go}</Button>
              )
            )}
            <Button tone="quiet" onClick={() => void archiveWall(wall.id, !wall.archived, control)}>
              {wall.archived ? words.restore : words.archive}
            </Button>
          </li>
        ))}
      </ul>
      <p>
        <Button icon={<Plus size={15} />} onClick={go(() => newWall(control))}>
          {wallWords.create}
        </Button>
      </p>
    </div>
  );
}
