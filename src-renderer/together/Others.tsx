import type { StreamId } from '#shared/model/ids.ts';
import type { CellRect } from '#shared/model/tile.ts';
import type { TeamPerson, Touch } from '#shared/protocol/team-presence.ts';
import { useMirror } from '../stores/control-context.tsx';
import type { ControlMirror } from '../stores/control-mirror.ts';
import { classNames } from '../ui/class-names.ts';
import { stageShares } from '../wall-grid/stage-geometry.ts';
import { tileById } from '../wall-grid/wall-lookup.ts';
import { hueClass } from './hue-class.ts';
import { messages } from './messages.ts';
import styles from './Others.module.css';

const NOBODY: readonly TeamPerson[] = [];

const peopleOf = ({ team }: ControlMirror): readonly TeamPerson[] =>
  team?.type === 'member' ? team.people : NOBODY;

/** Over the stage: where others are, and where what they have in the hand would stand. Quiet, and never in the way. */
export function OthersOnStage() {
  const people = useMirror(peopleOf);
  const wall = useMirror((mirror) => mirror.wall);
  const streams = useMirror((mirror) => mirror.streams);
  const here = people.filter(({ touch }) => touch?.wall === wall.id);
  if (here.length === 0) return null;
  return (
    <div className={styles.area}>
      {here.map(({ name, touch }) => {
        const at = touch === undefined ? null : placeOf(touch, wall);
        const ghost = touch?.ghost ?? null;
        const code = ghost?.stream == null ? '' : (streams.get(ghost.stream)?.code ?? '');
        return (
          <div key={name} className={hueClass(name)}>
            {at !== null && (
              <div className={styles.mark} style={stageShares(at, wall.grid)} data-other={name}>
                <span className={styles.name}>{touch?.typing === true ? messages.typing(name) : name}</span>
              </div>
            )}
            {ghost !== null && (
              <div
                className={classNames(styles.mark, styles.ghost)}
                style={stageShares(ghost.at, wall.grid)}
                data-ghost-of={name}
              >
                <span className={styles.name}>{messages.moving(name, code)}</span>
              </div>
            )}
          </div>
        );
      })}
    </div>
  );
}

function placeOf({ at }: Touch, wall: ControlMirror['wall']): CellRect | null {
  if (at === null || at.kind === 'stream') return null;
  if (at.kind === 'tile') return tileById(wall, at.tile)?.place ?? null;
  const { cols, rows } = wall.grid;
  return at.x < cols && at.y < rows ? { x: at.x, y: at.y, w: 1, h: 1 } : null;
}

/** Over a row of the list: somebody else is at it. */
export function OtherAtStream({ stream }: { readonly stream: StreamId }) {
  const person = useMirror((mirror) =>
    peopleOf(mirror).find(({ touch }) => touch?.at?.kind === 'stream' && touch.at.stream === stream),
  );
  if (person === undefined) return null;
  const { name, touch } = person;
  return (
    <span role="presentation" className={classNames(styles.row, hueClass(name))} data-other={name}>
      <span className={styles.name}>{touch?.typing === true ? messages.typing(name) : name}</span>
    </span>
  );
}
