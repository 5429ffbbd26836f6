import { useState, type FormEvent } from 'react';
import { JoinTeam, readInvitation, type TeamState } from '#shared/protocol/team-state.ts';
import { useActions, useMirror } from '../stores/control-context.tsx';
import { savingWords } from '../truth-bar/saving-words.ts';
import { Button } from '../ui/Button.tsx';
import { Labelled } from '../ui/Labelled.tsx';
import { TextField } from '../ui/TextField.tsx';
import { messages } from './messages.ts';
import styles from './Page.module.css';

const words = messages.team;

/** The server of the team: joining it, how it is, leaving it. */
export function TeamPage() {
  const state = useMirror((mirror) => mirror.team);
  if (state === null) return <p className={styles.hint}>{words.none}</p>;
  return state.type === 'alone' ? <Join /> : <Member state={state} />;
}

const KEY_FIELDS = ['key', 'name'] as const;
const INVITE_FIELDS = ['name', 'email', 'password'] as const;
type Text = Readonly<Record<'server' | 'key' | 'name' | 'email' | 'password', string>>;

/** An invitation that was pasted, or a server with its key. */
function Join() {
  const { team } = useActions();
  const [text, setText] = useState<Text>({ server: '', key: '', name: '', email: '', password: '' });
  const [complaint, setComplaint] = useState('');
  const invitation = readInvitation(text.server);
  const join = async (event: FormEvent) => {
    event.preventDefault();
    const wanted = JoinTeam.safeParse(wantedOf(text));
    if (!wanted.success) {
      const [issue] = wanted.error.issues;
      return setComplaint(invitation === null ? (issue?.message ?? '') : words.nameNeeded);
    }
    setComplaint('');
    await team.join(wanted.data);
  };
  const fields = invitation === null ? KEY_FIELDS : INVITE_FIELDS;
  return (
    <form className={styles.page} onSubmit={(event) => void join(event)}>
      <p className={styles.hint}>{words.alone}</p>
      {(['server', ...fields] as const).map((field) => (
        <Labelled key={field} words={words[field]}>
          <TextField
            label={words[field]}
            type={field === 'key' || field === 'password' ? 'password' : 'text'}
            mono={field !== 'name'}
            placeholder={field === 'server' ? 'https://…' : ''}
            value={text[field]}
            onChange={(event) => setText({ ...text, [field]: event.target.value })}
          />
        </Labelled>
      ))}
      {invitation !== null && <p className={styles.quiet}>{words.invited(invitation.server)}</p>}
      <p role="alert" className={styles.wrong}>
        {complaint}
      </p>
      <p>
        <Button type="submit" tone="loud">
          {words.join}
        </Button>
      </p>
    </form>
  );
}

function wantedOf(text: Text): object {
  const invitation = readInvitation(text.server);
  const filled = (names: readonly (keyof Text)[]): object =>
    Object.fromEntries(
      names.filter((name) => text[name].trim() !== '').map((name) => [name, text[name].trim()]),
    );
  const { password } = text;
  return invitation === null
    ? { server: text.server.trim(), key: text.key.trim(), ...filled(['name']) }
    : { ...invitation, ...filled(['name', 'email']), ...(password === '' ? {} : { password }) };
}

function Member({ state }: { readonly state: TeamState & { readonly type: 'member' } }) {
  const { team } = useActions();
  const { account, line } = state.sync;
  const isOff = line.type === 'off';
  return (
    <div className={styles.page}>
      <p>{words.member(state.server)}</p>
      <p data-line={line.type}>{savingWords({ state: 'saved' }, 0, state).words}</p>
      {account !== undefined && <p>{words.role(account.role)}</p>}
      {!state.isKeySealed && <p className={styles.quiet}>{words.unsealed}</p>}
      <div className={styles.row}>
        <Button onClick={() => void team.connect(isOff)}>{isOff ? words.online : words.offline}</Button>
        <Button tone="quiet" onClick={() => void team.leave()}>
          {words.leave}
        </Button>
        <span className={styles.quiet}>{words.leaveHint}</span>
      </div>
    </div>
  );
}
