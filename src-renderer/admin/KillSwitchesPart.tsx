import { useState, type FormEvent } from 'react';
import { Button } from '../ui/Button.tsx';
import { Labelled } from '../ui/Labelled.tsx';
import { Select } from '../ui/Select.tsx';
import { TextField } from '../ui/TextField.tsx';
import styles from './Admin.module.css';
import type { Flag } from './admin-shapes.ts';
import { messages } from './messages.ts';
import { Table } from './Table.tsx';
import { useAct, useAdmin } from './use-asked.ts';

const words = messages.flags;
const KINDS = (['bot', 'platform'] as const).map((kind) => ({
  value: kind,
  words: words.kinds[kind],
}));

type Kill = Flag & { type: 'kill' };
type Props = { readonly flags: readonly Kill[]; readonly onChange: () => void };

/** Bots and platforms that are switched off. */
export function KillSwitchesPart({ flags, onChange }: Props) {
  const { api } = useAdmin();
  const act = useAct();
  const [kill, setKill] = useState({ kind: 'bot' as Kill['kind'], name: '', why: '' });
  const pathOf = ({ kind, name }: Pick<Kill, 'kind' | 'name'>) =>
    `admin/switches/${kind}/${encodeURIComponent(name)}`;
  const throwIt = async (event: FormEvent) => {
    event.preventDefault();
    if ((await act(api.send('PUT', pathOf(kill), { words: kill.why }))) === undefined) return;
    setKill({ ...kill, name: '', why: '' });
    onChange();
  };
  const takeBack = async (flag: Kill) => {
    await act(api.send('DELETE', pathOf(flag)));
    onChange();
  };
  return (
    <section className={styles.page} aria-labelledby="kills">
      <h2 id="kills">{words.kills}</h2>
      <p className={styles.quiet}>{words.killsHint}</p>
      <Table
        label={words.kills}
        heads={words.killHeads}
        none={words.noKills}
        rows={flags.map((flag) => ({
          key: `${flag.kind} ${flag.name}`,
          cells: [
            words.kinds[flag.kind],
            flag.name,
            flag.words,
            <Button
              key="a"
              aria-label={`${words.switchOn}: ${flag.name}`}
              onClick={() => void takeBack(flag)}
            >
              {words.switchOn}
            </Button>,
          ],
        }))}
      />
      <form className={styles.form} onSubmit={(event) => void throwIt(event)}>
        <Labelled words={words.kind}>
          <Select
            label={words.kind}
            value={kill.kind}
            options={KINDS}
            onChange={(kind) => setKill({ ...kill, kind })}
          />
        </Labelled>
        <Labelled words={words.killName}>
          <TextField
            required
            label={words.killName}
            value={kill.name}
            onChange={(event) => setKill({ ...kill, name: event.target.value })}
          />
        </Labelled>
        <Labelled words={words.why}>
          <TextField
            label={`${words.why}: ${words.kills}`}
            value={kill.why}
            onChange={(event) => setKill({ ...kill, why: event.target.value })}
          />
        </Labelled>
        <Button type="submit">{words.switchOff}</Button>
      </form>
    </section>
  );
}
