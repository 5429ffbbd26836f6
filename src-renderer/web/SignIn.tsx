import { useState, type FormEvent } from 'react';
import type { AccountDoor } from '../bridge-web/account-door.ts';
import { messages } from '../bridge-web/messages.ts';
import { MessageScreen } from '../control/MessageScreen.tsx';
import { Button } from '../ui/Button.tsx';
import { TextField } from '../ui/TextField.tsx';
import styles from './SignIn.module.css';

const words = messages.signIn;

/** The first screen of a team's page. Where something is kept in this browser, one can also go on without the server. */
export function SignIn(props: {
  readonly account: AccountDoor;
  readonly mayWorkOffline: boolean;
  readonly onIn: (name: string) => void;
  readonly onOffline: () => void;
}) {
  const { account, mayWorkOffline, onIn, onOffline } = props;
  const [who, setWho] = useState({ email: '', password: '', code: '' });
  const [codeNeeded, setCodeNeeded] = useState(false);
  const [complaint, setComplaint] = useState('');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const { code, ...rest } = who;
    const answer = await account.logIn({ ...rest, ...(code === '' ? {} : { code }) });
    if (answer.ok) return onIn(answer.value.name);
    setCodeNeeded(codeNeeded || answer.error.codeNeeded);
    setComplaint(answer.error.words);
  };
  return (
    <MessageScreen title={words.title} words={words.words}>
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        <TextField
          autoFocus
          required
          type="email"
          autoComplete="username"
          label={words.email}
          placeholder={words.email}
          value={who.email}
          onChange={(event) => setWho({ ...who, email: event.target.value })}
        />
        <TextField
          required
          type="password"
          autoComplete="current-password"
          label={words.password}
          placeholder={words.password}
          value={who.password}
          complaint={complaint}
          onChange={(event) => setWho({ ...who, password: event.target.value })}
        />
        {codeNeeded && (
          <TextField
            autoFocus
            inputMode="numeric"
            autoComplete="one-time-code"
            label={words.code}
            placeholder={words.code}
            value={who.code}
            onChange={(event) => setWho({ ...who, code: event.target.value })}
          />
        )}
        <Button type="submit" tone="loud">
          {words.enter}
        </Button>
        {mayWorkOffline && (
          <Button tone="quiet" onClick={onOffline}>
            {words.offline}
          </Button>
        )}
      </form>
    </MessageScreen>
  );
}
