import { useState, type FormEvent } from 'react';
import type { Role } from '#shared/model/role.ts';
import { Button } from '../ui/Button.tsx';
import { Labelled } from '../ui/Labelled.tsx';
import { Select } from '../ui/Select.tsx';
import { TextField } from '../ui/TextField.tsx';
import styles from './Admin.module.css';
import { Users, type User } from './admin-shapes.ts';
import { ArmedButton } from './ArmedButton.tsx';
import { InvitesPart } from './InvitesPart.tsx';
import { messages } from './messages.ts';
import { PERSON_ROLES } from './person-roles.ts';
import { Shown } from './Shown.tsx';
import { Table } from './Table.tsx';
import { useAct, useAdmin, useAsked } from './use-asked.ts';

const words = messages.users;
/** People: who there are, what they may, and who else is invited. */
export function UsersPage() {
  const [search, setSearch] = useState('');
  const [page, setPage] = useState(1);
  const asked = useAsked(
    `users?per_page=50&page=${String(page)}&search=${encodeURIComponent(search)}`,
    Users,
  );
  return (
    <div className={styles.page}>
      <TextField
        label={messages.search}
        placeholder={messages.search}
        value={search}
        onChange={(event) => {
          setSearch(event.target.value);
          setPage(1);
        }}
      />
      <Shown asked={asked}>
        {({ users, meta }) => (
          <>
            <UserTable users={users} onChange={asked.reload} />
            {meta.total_pages > 1 && (
              <Button onClick={() => setPage((meta.current_page % meta.total_pages) + 1)}>
                {`${messages.more} (${String(meta.current_page)}/${String(meta.total_pages)})`}
              </Button>
            )}
          </>
        )}
      </Shown>
      <AddUser onAdded={asked.reload} />
      <InvitesPart />
    </div>
  );
}

function UserTable({ users, onChange }: { readonly users: readonly User[]; readonly onChange: () => void }) {
  const { api } = useAdmin();
  const act = useAct();
  const send = async (...asked: Parameters<typeof api.send>) => {
    await act(api.send(...asked));
    onChange();
  };
  const stateOf = ({ disabled_at, expires_at, second_factor }: User): string =>
    [
      disabled_at === null ? words.isIn : words.isOut,
      ...(expires_at === null ? [] : [words.guest]),
      ...(second_factor ? [words.second] : []),
    ].join(', ');
  return (
    <Table
      label={messages.pages.users}
      heads={words.heads}
      none={messages.none}
      rows={users.map((user) => ({
        key: String(user.id),
        cells: [
          user.name,
          user.email ?? '',
          <Select
            key="b"
            label={words.roleOf(user.name)}
            value={user.roleDetail}
            options={PERSON_ROLES}
            onChange={(role) => void send('PATCH', `users/${String(user.id)}`, { role })}
          />,
          stateOf(user),
          <UserButtons key="a" user={user} send={(...asked) => void send(...asked)} />,
        ],
      }))}
    />
  );
}

function UserButtons({
  user,
  send,
}: {
  readonly user: User;
  readonly send: (method: 'PATCH' | 'DELETE', path: string, body?: unknown) => void;
}) {
  const path = `users/${String(user.id)}`;
  const isDisabled = user.disabled_at !== null;
  const toggle = isDisabled ? words.enable : words.disable;
  return (
    <div className={styles.row}>
      <Button
        tone="quiet"
        aria-label={`${toggle}: ${user.name}`}
        onClick={() => send('PATCH', path, { disabled: !isDisabled })}
      >
        {toggle}
      </Button>
      <ArmedButton
        words={words.endSessions}
        what={user.name}
        onPress={() => send('DELETE', `${path}/sessions`)}
      />
      {user.second_factor && (
        <ArmedButton
          words={words.dropFactor}
          what={user.name}
          onPress={() => send('DELETE', `${path}/second-factor`)}
        />
      )}
      <ArmedButton words={words.remove} what={user.name} onPress={() => send('DELETE', path)} />
    </div>
  );
}

const NOBODY = { name: '', email: '', password: '', role: 'operator' as Role };

function AddUser({ onAdded }: { readonly onAdded: () => void }) {
  const { api } = useAdmin();
  const act = useAct();
  const [user, setUser] = useState(NOBODY);
  const add = async (event: FormEvent) => {
    event.preventDefault();
    if ((await act(api.send('POST', 'users', { user }))) === undefined) return;
    setUser(NOBODY);
    onAdded();
  };
  return (
    <section className={styles.page} aria-labelledby="add-user">
      <h3 id="add-user">{words.add}</h3>
      <form className={styles.form} onSubmit={(event) => void add(event)}>
        {(['name', 'email', 'password'] as const).map((field) => (
          <Labelled key={field} words={words[field]}>
            <TextField
              required
              label={words[field]}
              type={field === 'name' ? 'text' : field}
              autoComplete={field === 'password' ? 'new-password' : 'off'}
              value={user[field]}
              onChange={(event) => setUser({ ...user, [field]: event.target.value })}
            />
          </Labelled>
        ))}
        <Labelled words={words.role}>
          <Select
            label={words.role}
            value={user.role}
            options={PERSON_ROLES}
            onChange={(role) => setUser({ ...user, role })}
          />
        </Labelled>
        <Button type="submit">{words.add}</Button>
      </form>
    </section>
  );
}
