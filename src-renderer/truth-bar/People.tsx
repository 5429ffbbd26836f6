import { useMirror } from '../stores/control-context.tsx';
import { messages } from './messages.ts';
import styles from './People.module.css';
import { personHue } from './person-hue.ts';

const MOST_SHOWN = 5;

/** Who else is here: quiet, each in a colour of their own and always with a name. */
export function People() {
  const team = useMirror((mirror) => mirror.team);
  if (team?.type !== 'member' || team.people.length === 0) return null;
  const names = team.people.map(({ name }) => name);
  return (
    <ul className={styles.people} aria-label={messages.people(names.length)}>
      {names.slice(0, MOST_SHOWN).map((name) => (
        <li key={name} className={styles.person} data-hue={personHue(name)} title={name}>
          <span aria-hidden="true">{name.slice(0, 1).toUpperCase()}</span>
          <span className={styles.name}>{name}</span>
        </li>
      ))}
      {names.length > MOST_SHOWN && <li className={styles.more}>+{names.length - MOST_SHOWN}</li>}
    </ul>
  );
}
