import { Bot, Monitor } from 'lucide-react';
import type { TeamPerson } from '#shared/protocol/team-presence.ts';
import { useMirror } from '../stores/control-context.tsx';
import { hueClass } from '../together/hue-class.ts';
import { messages as together } from '../together/messages.ts';
import { classNames } from '../ui/class-names.ts';
import { messages } from './messages.ts';
import styles from './People.module.css';

const MOST_SHOWN = 6;

/** Who else is here: people, each in a colour of their own and always with a name; bots; machines that show a wall. */
export function People() {
  const team = useMirror((mirror) => mirror.team);
  if (team?.type !== 'member' || team.people.length === 0) return null;
  const { people } = team;
  return (
    <ul className={styles.people} aria-label={messages.people(people.length)}>
      {people.slice(0, MOST_SHOWN).map((person) => (
        <Person key={`${person.kind} ${person.name}`} person={person} />
      ))}
      {people.length > MOST_SHOWN && <li className={styles.more}>+{people.length - MOST_SHOWN}</li>}
    </ul>
  );
}

function Person({ person: { name, kind, trouble } }: { readonly person: TeamPerson }) {
  const words = kind === 'bot' ? together.bot(name, trouble) : kind === 'wall' ? together.wall(name) : name;
  return (
    <li
      className={classNames(
        styles.person,
        kind === 'person' ? hueClass(name) : styles[kind],
        trouble !== undefined && styles.troubled,
      )}
      data-who={kind}
      title={words}
    >
      <span aria-hidden="true">
        {kind === 'bot' ? <Bot size={13} /> : kind === 'wall' ? <Monitor size={13} /> : initialOf(name)}
      </span>
      <span className={styles.name}>{words}</span>
    </li>
  );
}

const initialOf = (name: string): string => [...name][0]?.toUpperCase() ?? '';
