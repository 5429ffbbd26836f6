import { useState, type FormEvent } from 'react';
import { Role } from '#shared/model/role.ts';
import { agoWords } from '../words/time-words.ts';
import { Button } from '../ui/Button.tsx';
import { Labelled } from '../ui/Labelled.tsx';
import { Select } from '../ui/Select.tsx';
import { TextField } from '../ui/TextField.tsx';
import styles from './Admin.module.css';
import { Keys, MadeKey, type Key } from './admin-shapes.ts';
import { ArmedButton } from './ArmedButton.tsx';
import { messages } from './messages.ts';
import { OnceShown } from './OnceShown.tsx';
import { dayOf } from './show-values.ts';
import { Shown } from './Shown.tsx';
import { Table } from './Table.tsx';
import { useAct, useAdmin, useAsked } from './use-asked.ts';

const words = messages.keys;

/** Keys of bots and scripts: made, rotated, revoked, and when each was last used. */
export function KeysPage() {
  const asked = useAsked('keys', Keys);
  const { api } = useAdmin();
  const act = useAct();
  const [made, setMade] = useState<string>();
  const show = (answer: unknown): void => {
    const read = MadeKey.safeParse(answer);
    setMade(read.success ? read.data.key.key : undefined);
    asked.reload();
  };
  const rotate = async (id: string) => {
    const done = await act(api.send('POST', `keys/${id}/rotate`), words.rotated);
    if (done !== undefined) show(done.answer);
  };
  const revoke = async (id: string) => {
    await act(api.send('DELETE', `keys/${id}`));
    asked.reload();
  };
  return (
    <div className={styles.page}>
      <Shown asked={asked}>
        {({ keys }) => (
          <Table
            label={messages.pages.keys}
            heads={words.heads}
            none={words.none}
            rows={keys.map((key) => ({
              key: key.id,
              cells: [
                key.label,
                <code key="b" className={styles.mono}>
                  {key.id}
                </code>,
                messages.roleNames[key.role],
                mayOf(key),
                key.last_used_at === null ? words.never : agoWords(Date.parse(key.last_used_at), Date.now()),
                key.expires_at === null ? words.never : dayOf(key.expires_at),
                <div key="a" className={styles.row}>
                  <ArmedButton
                    words={words.rotate}
                    what={key.label || key.id}
                    onPress={() => void rotate(key.id)}
                  />
                  <ArmedButton
                    words={words.revoke}
                    what={key.label || key.id}
                    onPress={() => void revoke(key.id)}
                  />
                </div>,
              ],
            }))}
          />
        )}
      </Shown>
      {made !== undefined && <OnceShown hint={words.once} text={made} />}
      <MakeKey onMade={show} />
    </div>
  );
}

function mayOf({ grants, documents, roots, requests_per_minute }: Key): string {
  const limits = [
    ...grants,
    ...(documents ?? []),
    ...(roots ?? []),
    ...(requests_per_minute === null ? [] : [`${String(requests_per_minute)}/min`]),
  ];
  return limits.length === 0 ? words.all : limits.join(', ');
}

const ROLES = Role.options.map((role) => ({ value: role, words: messages.roleNames[role] }));
const EMPTY = { label: '', days: '', perMinute: '', scope: '', roots: '' };
const FIELDS = ['label', 'days', 'perMinute', 'scope', 'roots'] as const;

function MakeKey({ onMade }: { readonly onMade: (answer: unknown) => void }) {
  const { api } = useAdmin();
  const act = useAct();
  const [role, setRole] = useState<Role>('service');
  const [wanted, setWanted] = useState(EMPTY);
  const make = async (event: FormEvent) => {
    event.preventDefault();
    const { label, days, perMinute, scope, roots } = wanted;
    const list = (text: string) => text.split(/[\s,]+/).filter((word) => word !== '');
    const done = await act(
      api.send('POST', 'keys', {
        ...{ role, label },
        ...(days.trim() === '' ? {} : { expires_in_days: Number(days) }),
        ...(perMinute.trim() === '' ? {} : { requests_per_minute: Number(perMinute) }),
        ...(list(scope).length === 0 ? {} : { documents: list(scope) }),
        ...(list(roots).length === 0 ? {} : { roots: list(roots) }),
      }),
    );
    if (done === undefined) return;
    setWanted(EMPTY);
    onMade(done.answer);
  };
  return (
    <section className={styles.page} aria-labelledby="make-key">
      <h3 id="make-key">{words.make}</h3>
      <form className={styles.form} onSubmit={(event) => void make(event)}>
        <Labelled words={messages.users.role}>
          <Select label={messages.users.role} value={role} options={ROLES} onChange={setRole} />
        </Labelled>
        {FIELDS.map((field) => (
          <Labelled key={field} words={words[field]}>
            <TextField
              label={words[field]}
              required={field === 'label'}
              value={wanted[field]}
              onChange={(event) => setWanted({ ...wanted, [field]: event.target.value })}
            />
          </Labelled>
        ))}
        <Button type="submit">{words.make}</Button>
      </form>
    </section>
  );
}
