import { useState, type FormEvent } from 'react';
import { ScreenRect } from '#shared/protocol/wall-output.ts';
import { Button } from '../ui/Button.tsx';
import { Labelled } from '../ui/Labelled.tsx';
import { TextField } from '../ui/TextField.tsx';
import { messages } from './messages.ts';
import styles from './Page.module.css';

const words = messages.screens;

const FIELDS = ['x', 'y', 'width', 'height'] as const;
const FULL_HD: ScreenRect = { x: 0, y: 0, width: 1920, height: 1080 };

/** Where a wall stands on its display, to the pixel. */
export function PlaceForm(props: {
  /** Null: a usual size, in the middle. */
  readonly rect: ScreenRect | null;
  readonly onPlace: (rect: ScreenRect | null) => void;
}) {
  const { rect, onPlace } = props;
  const [text, setText] = useState(() => {
    const { x, y, width, height } = rect ?? FULL_HD;
    return { x: String(x), y: String(y), width: String(width), height: String(height) };
  });
  const [complaint, setComplaint] = useState('');
  const place = (event: FormEvent) => {
    event.preventDefault();
    const wanted = ScreenRect.safeParse(
      Object.fromEntries(
        FIELDS.map((field) => [field, text[field].trim() === '' ? NaN : Number(text[field])]),
      ),
    );
    setComplaint(wanted.success ? '' : words.wrong);
    if (wanted.success) onPlace(wanted.data);
  };
  return (
    <form onSubmit={place}>
      <div className={styles.form}>
        {FIELDS.map((field) => (
          <Labelled key={field} words={words[field]}>
            <TextField
              label={words[field]}
              inputMode="numeric"
              value={text[field]}
              onChange={(event) => setText({ ...text, [field]: event.target.value })}
            />
          </Labelled>
        ))}
      </div>
      <div className={styles.row}>
        <Button type="submit">{words.place}</Button>
        {rect !== null && (
          <Button tone="quiet" onClick={() => onPlace(null)}>
            {words.centre}
          </Button>
        )}
      </div>
      <p role="alert" className={styles.wrong}>
        {complaint}
      </p>
      <p className={styles.quiet}>{words.framelessHint}</p>
    </form>
  );
}
