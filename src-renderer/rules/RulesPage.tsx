import { Trash2 } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import type { RuleView } from '#shared/document/view.ts';
import { useActions, useMirror } from '../stores/control-context.tsx';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Labelled } from '../ui/Labelled.tsx';
import { Select } from '../ui/Select.tsx';
import { Switch } from '../ui/Switch.tsx';
import { TextField } from '../ui/TextField.tsx';
import { codeOfTile } from '../wall-grid/wall-lookup.ts';
import styles from '../settings/Page.module.css';
import { messages as words } from './messages.ts';
import { commandOfRule, EMPTY_RULE, type RuleForm } from './rule-form.ts';

/** What puts streams on this wall by itself. */
export function RulesPage() {
  const rules = useMirror((mirror) => mirror.wall.rules);
  return (
    <div className={styles.page}>
      <p className={styles.hint}>{words.intro}</p>
      {rules.length === 0 && <p className={styles.quiet}>{words.none}</p>}
      <ul>
        {rules.map((rule) => (
          <RuleLine key={rule.id} rule={rule} />
        ))}
      </ul>
      <NewRule />
    </div>
  );
}

function RuleLine({ rule }: { readonly rule: RuleView }) {
  const { wall: act } = useActions();
  const tile = useMirror(({ wall, streams }) =>
    rule.rotate === undefined ? '' : codeOfTile(wall, streams, rule.rotate.tile),
  );
  const inTeam = useMirror((mirror) => mirror.team?.type === 'member');
  const { by, ...put } = rule;
  const { id, ...fields } = put;
  return (
    <li className={styles.line} data-rule={rule.name}>
      <Switch
        words={`${rule.name}: ${describe(rule, tile)}`}
        on={rule.enabled}
        onChange={(enabled) => void act({ type: 'put-rule', ...fields, rule: id, enabled })}
      />
      {rule.enabled && inTeam && by === 'desk' && <span className={styles.quiet}>{words.noLender}</span>}
      <IconButton
        label={words.remove(rule.name)}
        icon={<Trash2 size={15} />}
        onClick={() => void act({ type: 'remove-rule', rule: id })}
      />
    </li>
  );
}

function describe({ match, rotate }: RuleView, tile: string): string {
  const parts = Object.values(match).filter((part) => part !== undefined);
  const which = parts.length === 0 ? words.whichPinned : words.whichAll(parts);
  return rotate === undefined
    ? words.fills(which)
    : words.rotates(which, tile === '' ? words.goneTile : tile, rotate.everySeconds);
}

function NewRule() {
  const { wall: act } = useActions();
  const [form, setForm] = useState(EMPTY_RULE);
  const [complaint, setComplaint] = useState('');
  const set = (part: Partial<RuleForm>) => setForm({ ...form, ...part });
  const add = (event: FormEvent) => {
    event.preventDefault();
    const command = commandOfRule(form, crypto.randomUUID().replaceAll('-', ''));
    setComplaint(typeof command === 'string' ? command : '');
    if (typeof command === 'string') return;
    void act(command);
    setForm(EMPTY_RULE);
  };
  return (
    <form className={styles.form} onSubmit={add}>
      <Labelled words={words.name}>
        <TextField
          label={words.name}
          maxLength={80}
          value={form.name}
          onChange={(event) => set({ name: event.target.value })}
        />
      </Labelled>
      <Labelled words={words.which}>
        <Select
          label={words.which}
          value={form.which}
          options={(['pinned', 'tag', 'city'] as const).map((value) => ({ value, words: words[value] }))}
          onChange={(which) => set({ which, value: '' })}
        />
      </Labelled>
      {form.which !== 'pinned' && (
        <TextField
          label={words[form.which]}
          maxLength={form.which === 'tag' ? 60 : 120}
          value={form.value}
          onChange={(event) => set({ value: event.target.value })}
        />
      )}
      <Turns form={form} set={set} />
      <Button type="submit">{words.add}</Button>
      <p role="alert" className={styles.wrong}>
        {complaint}
      </p>
    </form>
  );
}

function Turns({ form, set }: { readonly form: RuleForm; readonly set: (part: Partial<RuleForm>) => void }) {
  const wall = useMirror((mirror) => mirror.wall);
  const streams = useMirror((mirror) => mirror.streams);
  return (
    <>
      <Labelled words={words.does}>
        <Select
          label={words.does}
          value={form.does}
          options={(['fill', 'rotate'] as const).map((value) => ({ value, words: words[value] }))}
          onChange={(does) => set({ does, tile: form.tile === '' ? (wall.tiles[0]?.id ?? '') : form.tile })}
        />
      </Labelled>
      {form.does === 'rotate' && wall.tiles.length > 0 && (
        <>
          <Labelled words={words.tile}>
            <Select
              label={words.tile}
              value={form.tile}
              options={wall.tiles.map(({ id }) => ({
                value: id as string,
                words: codeOfTile(wall, streams, id),
              }))}
              onChange={(tile) => set({ tile })}
            />
          </Labelled>
          <Labelled words={words.every}>
            <TextField
              label={words.every}
              inputMode="numeric"
              value={form.everySeconds}
              onChange={(event) => set({ everySeconds: event.target.value })}
            />
          </Labelled>
        </>
      )}
    </>
  );
}
