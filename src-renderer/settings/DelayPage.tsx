import { useState, type FormEvent } from 'react';
import { DelaySettings } from '#shared/protocol/delay-state.ts';
import { useActions, useMirror } from '../stores/control-context.tsx';
import { delayWords } from '../truth-bar/delay-words.ts';
import { Button } from '../ui/Button.tsx';
import { Labelled } from '../ui/Labelled.tsx';
import { TextField } from '../ui/TextField.tsx';
import { messages } from './messages.ts';
import styles from './Page.module.css';

const words = messages.delay;

/** Which Streamdelay server this desk speaks with. */
export function DelayPage() {
  const delay = useMirror((mirror) => mirror.delay);
  const { machine } = useActions();
  const [text, setText] = useState({ server: 'http://localhost:8404', key: '' });
  const [complaint, setComplaint] = useState('');
  if (delay === null) return <p className={styles.hint}>{words.none}</p>;
  const save = (event: FormEvent) => {
    event.preventDefault();
    const wanted = DelaySettings.safeParse({ server: text.server.trim(), key: text.key.trim() });
    setComplaint(wanted.success ? '' : words.wrong);
    if (wanted.success) void machine('set-delay', wanted.data);
  };
  return (
    <form className={styles.page} onSubmit={save}>
      <p className={styles.hint}>{words.intro}</p>
      {delay.type !== 'off' && (
        <div className={styles.line} data-delay={delay.type}>
          <span className={styles.what}>
            {words.is(delay.server)} {delayWords(delay).words}
          </span>
          <Button tone="quiet" onClick={() => void machine('set-delay', null)}>
            {words.forget}
          </Button>
        </div>
      )}
      {(['server', 'key'] as const).map((field) => (
        <Labelled key={field} words={words[field]}>
          <TextField
            label={words[field]}
            type={field === 'key' ? 'password' : 'text'}
            mono
            value={text[field]}
            onChange={(event) => setText({ ...text, [field]: event.target.value })}
          />
        </Labelled>
      ))}
      <p role="alert" className={styles.wrong}>
        {complaint}
      </p>
      <p>
        <Button type="submit">{words.save}</Button>
      </p>
    </form>
  );
}
