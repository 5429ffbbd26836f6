import { useState, type FormEvent } from 'react';
import { Button } from '../ui/Button.tsx';
import { Labelled } from '../ui/Labelled.tsx';
import { TextField } from '../ui/TextField.tsx';
import styles from './Admin.module.css';
import type { Flag } from './admin-shapes.ts';
import { messages } from './messages.ts';
import { useAct, useAdmin } from './use-asked.ts';

const words = messages.flags;

type Props = { readonly flag: (Flag & { type: 'maintenance' }) | undefined; readonly onChange: () => void };

/** All writes wait for as long as it goes on. */
export function MaintenancePart({ flag, onChange }: Props) {
  const { api } = useAdmin();
  const act = useAct();
  const [why, setWhy] = useState('');
  const [minutes, setMinutes] = useState('');
  const begin = async (event: FormEvent) => {
    event.preventDefault();
    const long = minutes.trim() === '' ? {} : { minutes: Number(minutes) };
    await act(api.send('PUT', 'admin/maintenance', { words: why, ...long }));
    onChange();
  };
  const end = async () => {
    await act(api.send('DELETE', 'admin/maintenance'));
    onChange();
  };
  return (
    <section className={styles.page} aria-labelledby="maintenance">
      <h2 id="maintenance">{words.maintenance}</h2>
      <p className={styles.quiet}>{words.maintenanceHint}</p>
      {flag === undefined ? (
        <form className={styles.form} onSubmit={(event) => void begin(event)}>
          <Labelled words={words.why}>
            <TextField label={words.why} value={why} onChange={(event) => setWhy(event.target.value)} />
          </Labelled>
          <Labelled words={words.minutes}>
            <TextField
              label={words.minutes}
              inputMode="numeric"
              value={minutes}
              onChange={(event) => setMinutes(event.target.value)}
            />
          </Labelled>
          <Button type="submit">{words.begin}</Button>
        </form>
      ) : (
        <div className={styles.row}>
          <p className={styles.problem}>{words.goesOn(flag.words)}</p>
          <Button tone="loud" onClick={() => void end()}>
            {words.end}
          </Button>
        </div>
      )}
    </section>
  );
}
