import { useState, type ComponentProps, type FormEvent } from 'react';
import type { AccountDoor } from '../bridge-web/account-door.ts';
import { messages } from '../bridge-web/messages.ts';
import { MessageScreen } from '../control/MessageScreen.tsx';
import { Button } from '../ui/Button.tsx';
import { TextField } from '../ui/TextField.tsx';
import styles from './SignIn.module.css';

const words = messages.signIn;

const fields = {
  email: { type: 'email', autoComplete: 'username', required: true, autoFocus: true },
  password: { type: 'password', autoComplete: 'current-password', required: true },
  code: { inputMode: 'numeric', autoComplete: 'one-time-code', autoFocus: true },
} as const satisfies Record<string, Partial<ComponentProps<'input'>>>;

/** The first screen of a team's page. Where something is kept in this browser, one can also go on without the server. */
export function SignIn(props: {
  readonly account: Pick<AccountDoor, 'logIn'>;
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
  const shown = codeNeeded ? (['email', 'password', 'code'] as const) : (['email', 'password'] as const);
  return (
    <MessageScreen title={words.title} words={words.words}>
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        {shown.map((name) => (
          <TextField
            key={name}
            {...fields[name]}
            label={words[name]}
            placeholder={words[name]}
            value={who[name]}
            complaint={name === 'password' ? complaint : ''}
            onChange={(event) => setWho({ ...who, [name]: event.target.value })}
          />
        ))}
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
