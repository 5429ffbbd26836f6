import { useState, type FormEvent } from 'react';
import type { Role } from '#shared/model/role.ts';
import { Button } from '../ui/Button.tsx';
import { Labelled } from '../ui/Labelled.tsx';
import { Select } from '../ui/Select.tsx';
import { TextField } from '../ui/TextField.tsx';
import styles from './Admin.module.css';
import { Invites, MadeInvite } from './admin-shapes.ts';
import { ArmedButton } from './ArmedButton.tsx';
import { messages } from './messages.ts';
import { OnceShown } from './OnceShown.tsx';
import { dayOf } from './show-values.ts';
import { Shown } from './Shown.tsx';
import { Table } from './Table.tsx';
import { useAct, useAdmin, useAsked } from './use-asked.ts';
import { PERSON_ROLES } from './person-roles.ts';

const words = messages.users;

/** Invitations that are open, and a new one. */
export function InvitesPart() {
  const asked = useAsked('invites', Invites);
  const { api } = useAdmin();
  const act = useAct();
  const [role, setRole] = useState<Role>('operator');
  const [hours, setHours] = useState('');
  const [link, setLink] = useState<string>();
  const invite = async (event: FormEvent) => {
    event.preventDefault();
    const guest = hours.trim() === '' ? {} : { guest_hours: Number(hours) };
    const made = MadeInvite.safeParse((await act(api.send('POST', 'invites', { role, ...guest })))?.answer);
    setLink(made.success ? made.data.invite.link : undefined);
    asked.reload();
  };
  const revoke = async (id: string) => {
    await act(api.send('DELETE', `invites/${id}`));
    asked.reload();
  };
  return (
    <section className={styles.page} aria-labelledby="invites">
      <h2 id="invites">{words.invites}</h2>
      <Shown asked={asked}>
        {({ invites }) => (
          <Table
            label={words.invites}
            heads={words.inviteHeads}
            none={words.noInvites}
            rows={invites.map(({ id, role: as, email, expires_at }) => ({
              key: id,
              cells: [
                email ?? words.anyone,
                messages.roleNames[as],
                dayOf(expires_at),
                <ArmedButton
                  key="a"
                  words={words.revoke}
                  what={email ?? id}
                  onPress={() => void revoke(id)}
                />,
              ],
            }))}
          />
        )}
      </Shown>
      <form className={styles.form} onSubmit={(event) => void invite(event)}>
        <Labelled words={words.role}>
          <Select label={words.role} value={role} options={PERSON_ROLES} onChange={setRole} />
        </Labelled>
        <Labelled words={words.guestHours}>
          <TextField
            label={words.guestHours}
            inputMode="numeric"
            value={hours}
            onChange={(event) => setHours(event.target.value)}
          />
        </Labelled>
        <Button type="submit">{words.invite}</Button>
      </form>
      {link !== undefined && <OnceShown hint={words.link} text={link} />}
    </section>
  );
}
