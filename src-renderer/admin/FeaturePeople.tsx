import { Button } from '../ui/Button.tsx';
import { Select } from '../ui/Select.tsx';
import styles from './Admin.module.css';
import { Users } from './admin-shapes.ts';
import { messages } from './messages.ts';
import { useAsked } from './use-asked.ts';

const words = messages.flags;
/** Of a team's people; more are named over the API. */
const SHOWN = 100;

type Props = {
  readonly feature: string;
  readonly actors: readonly string[];
  readonly onChange: (actors: readonly string[]) => void;
};

/** For whom something is on by name, beside everybody that a role or a share takes in. */
export function FeaturePeople({ feature, actors, onChange }: Props) {
  const people = useAsked(`users?per_page=${String(SHOWN)}`, Users).value?.users ?? [];
  const others = people.filter(({ actor }) => !actors.includes(actor));
  return (
    <div className={styles.row}>
      {actors.map((actor) => {
        const name = people.find((person) => person.actor === actor)?.name ?? actor;
        return (
          <Button
            key={actor}
            aria-label={words.notFor(name, feature)}
            onClick={() => onChange(actors.filter((one) => one !== actor))}
          >
            {name} ✕
          </Button>
        );
      })}
      {others.length > 0 && (
        <Select
          label={words.alsoFor(feature)}
          value=""
          options={[
            { value: '', words: words.addPerson },
            ...others.map(({ actor, name }) => ({ value: actor, words: name })),
          ]}
          onChange={(actor) => actor !== '' && onChange([...actors, actor])}
        />
      )}
    </div>
  );
}
