import { Trash2 } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { RuleId } from '#shared/model/ids.ts';
import { useActions, useControl, useMirror } from '../stores/control-context.tsx';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Labelled } from '../ui/Labelled.tsx';
import { Switch } from '../ui/Switch.tsx';
import { TextField } from '../ui/TextField.tsx';
import { renameWall } from '../walls/wall-actions.ts';
import { messages } from './messages.ts';
import styles from './Page.module.css';

const words = messages.wall;

/** What belongs to the wall itself, wherever it is shown. */
export function WallPage() {
  const control = useControl();
  const wall = useMirror((mirror) => mirror.wall);
  const [name, setName] = useState(wall.name);
  const { background, heard } = wall.colours;
  const colour = (colours: Partial<typeof wall.colours>) =>
    void control.actions.wall({ type: 'set-colours', colours: { background, heard, ...colours } });
  return (
    <div className={styles.page}>
      <Labelled words={words.name}>
        <TextField
          label={words.name}
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.target.value)}
          onBlur={() => void renameWall(wall.id, name, control)}
          onKeyDown={(event) => event.key === 'Enter' && void renameWall(wall.id, name, control)}
        />
      </Labelled>
      <div className={styles.row}>
        <ColourField
          label={words.background}
          value={background}
          onDone={(next) => colour({ background: next })}
        />
        <ColourField label={words.heard} value={heard} onDone={(next) => colour({ heard: next })} />
      </div>
      <p className={styles.quiet}>{words.colourHint}</p>
      <Rules />
    </div>
  );
}

/** Written when the picker is left, not with every shade on the way. */
function ColourField(props: {
  readonly label: string;
  readonly value: string;
  readonly onDone: (value: string) => void;
}) {
  const { label, value, onDone } = props;
  const [shown, setShown] = useState(longHex(value));
  return (
    <Labelled words={label}>
      <input
        type="color"
        className={styles.colour}
        aria-label={label}
        value={shown}
        onChange={(event) => setShown(event.target.value)}
        onBlur={() => shown !== longHex(value) && onDone(shown)}
      />
    </Labelled>
  );
}

/** `#abc` as `#aabbcc`, which is what colour fields know. */
function longHex(colour: string): string {
  return /^#[0-9a-f]{3}$/i.test(colour)
    ? `#${Array.from(colour.slice(1), (sign) => sign + sign).join('')}`
    : colour;
}

function Rules() {
  const rules = useMirror((mirror) => mirror.wall.rules);
  const { wall } = useActions();
  const [text, setText] = useState({ name: '', tag: '', city: '' });
  const [complaint, setComplaint] = useState('');
  const add = (event: FormEvent) => {
    event.preventDefault();
    const { name, tag, city } = text;
    if (name.trim() === '' || (tag.trim() === '' && city.trim() === '')) return setComplaint(words.emptyRule);
    setComplaint('');
    const match = {
      ...(tag.trim() === '' ? {} : { tag: tag.trim() }),
      ...(city.trim() === '' ? {} : { city: city.trim() }),
    };
    const rule = RuleId.parse(crypto.randomUUID().replaceAll('-', ''));
    void wall({ type: 'put-rule', rule, name: name.trim().slice(0, 80), enabled: true, match });
    setText({ name: '', tag: '', city: '' });
  };
  return (
    <section aria-label={words.rules}>
      <h3>{words.rules}</h3>
      <p className={styles.quiet}>{words.rulesHint}</p>
      <ul>
        {rules.map(({ id, name, enabled, match }) => (
          <li key={id} className={styles.line}>
            <Switch
              words={words.rule(name, Object.values(match).filter(Boolean).join(', '))}
              on={enabled}
              onChange={(on) => void wall({ type: 'put-rule', rule: id, name, enabled: on, match })}
            />
            <IconButton
              label={words.removeRule(name)}
              icon={<Trash2 size={15} />}
              onClick={() => void wall({ type: 'remove-rule', rule: id })}
            />
          </li>
        ))}
      </ul>
      <form className={styles.form} onSubmit={add}>
        {(
          [
            ['name', words.ruleName, 80],
            ['tag', words.tag, 60],
            ['city', words.city, 120],
          ] as const
        ).map(([field, label, most]) => (
          <Labelled key={field} words={label}>
            <TextField
              label={label}
              maxLength={most}
              value={text[field]}
              onChange={(event) => setText({ ...text, [field]: event.target.value })}
            />
          </Labelled>
        ))}
        <Button type="submit">{words.addRule}</Button>
      </form>
      <p role="alert" className={styles.wrong}>
        {complaint}
      </p>
    </section>
  );
}
