import { useState, type FormEvent } from 'react';
import { Platform } from '#shared/model/stream.ts';
import { Button } from '../ui/Button.tsx';
import { Labelled } from '../ui/Labelled.tsx';
import { Select } from '../ui/Select.tsx';
import { TextField } from '../ui/TextField.tsx';
import { platformNames } from '../words/stream-words.ts';
import styles from './Admin.module.css';
import { Keys, type Flag, type Key } from './admin-shapes.ts';
import { messages } from './messages.ts';
import { Table } from './Table.tsx';
import { useAct, useAdmin, useAsked } from './use-asked.ts';

const words = messages.flags;
const KINDS = (['bot', 'platform'] as const).map((kind) => ({
  value: kind,
  words: words.kinds[kind],
}));

const PLATFORMS = Platform.options.map((platform) => ({ value: platform, words: platformNames[platform] }));

const NO_NAMES = [{ value: '', words: '–' }];

type Kill = Flag & { type: 'kill' };
type Props = { readonly flags: readonly Kill[]; readonly onChange: () => void };

/** Bots and platforms that are switched off. */
export function KillSwitchesPart({ flags, onChange }: Props) {
  const { api } = useAdmin();
  const act = useAct();
  const keys = useAsked('keys', Keys).value?.keys ?? [];
  const [wanted, setWanted] = useState({ kind: 'bot' as Kill['kind'], name: '', why: '' });
  const names = wanted.kind === 'platform' ? PLATFORMS : botNames(keys);
  const name = names.find(({ value }) => value === wanted.name)?.value ?? names[0]?.value ?? '';
  const kill = { ...wanted, name };
  const pathOf = ({ kind, name }: Pick<Kill, 'kind' | 'name'>) =>
    `admin/switches/${kind}/${encodeURIComponent(name)}`;
  const throwIt = async (event: FormEvent) => {
    event.preventDefault();
    if ((await act(api.send('PUT', pathOf(kill), { words: kill.why }))) === undefined) return;
    setWanted({ ...wanted, why: '' });
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
            flag.kind === 'platform' ? platformWords(flag.name) : flag.name,
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
            onChange={(kind) => setWanted({ ...wanted, kind })}
          />
        </Labelled>
        <Labelled words={words.killName}>
          <Select
            label={words.killName}
            value={name}
            options={names.length === 0 ? NO_NAMES : names}
            onChange={(chosen) => setWanted({ ...wanted, name: chosen })}
          />
        </Labelled>
        <Labelled words={words.why}>
          <TextField
            label={`${words.why}: ${words.kills}`}
            value={kill.why}
            onChange={(event) => setWanted({ ...wanted, why: event.target.value })}
          />
        </Labelled>
        <Button type="submit" disabled={name === ''}>
          {words.switchOff}
        </Button>
      </form>
      {names.length === 0 && <p className={styles.quiet}>{messages.keys.none}</p>}
    </section>
  );
}

const platformWords = (name: string): string => PLATFORMS.find(({ value }) => value === name)?.words ?? name;

/** Keys that share a label are switched together; one without a label goes by its id. */
function botNames(keys: readonly Key[]): readonly { value: string; words: string }[] {
  const names = new Set(keys.map(({ id, label }) => label.trim() || id));
  return [...names].toSorted().map((value) => ({ value, words: value }));
}
