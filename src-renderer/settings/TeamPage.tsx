import { useState, type FormEvent } from 'react';
import { JoinTeam, type TeamState } from '#shared/protocol/team-state.ts';
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

function Join() {
  const { team } = useActions();
  const [text, setText] = useState({ server: '', key: '', name: '' });
  const [complaint, setComplaint] = useState('');
  const join = async (event: FormEvent) => {
    event.preventDefault();
    const { name, ...rest } = text;
    const wanted = JoinTeam.safeParse({ ...rest, ...(name.trim() === '' ? {} : { name: name.trim() }) });
    if (!wanted.success) {
      const [issue] = wanted.error.issues;
      return setComplaint(`${String(issue?.path[0] ?? '')}: ${issue?.message ?? ''}.`);
    }
    setComplaint('');
    await team.join(wanted.data);
  };
  return (
    <form className={styles.page} onSubmit={(event) => void join(event)}>
      <p className={styles.hint}>{words.alone}</p>
      {(['server', 'key', 'name'] as const).map((field) => (
        <Labelled key={field} words={words[field]}>
          <TextField
            label={words[field]}
            type={field === 'key' ? 'password' : 'text'}
            mono={field !== 'name'}
            placeholder={field === 'server' ? 'https://…' : ''}
            value={text[field]}
            onChange={(event) => setText({ ...text, [field]: event.target.value })}
          />
        </Labelled>
      ))}
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
