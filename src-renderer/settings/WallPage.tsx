import { useState } from 'react';
import { useControl, useMirror } from '../stores/control-context.tsx';
import { Labelled } from '../ui/Labelled.tsx';
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
