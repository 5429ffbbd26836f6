import { Trash2 } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { IgnoreList } from '#shared/document/catalogue-fields.ts';
import { useMirror } from '../stores/control-context.tsx';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Labelled } from '../ui/Labelled.tsx';
import { Select } from '../ui/Select.tsx';
import { TextField } from '../ui/TextField.tsx';
import { messages } from './messages.ts';
import styles from './Page.module.css';
import { useCatalogue } from './use-catalogue.ts';

const words = messages.ignored;

/** Who and what is not taken, whoever finds it. */
export function IgnoredPage() {
  const ignored = useMirror((mirror) => mirror.ignore);
  const send = useCatalogue();
  const [list, setList] = useState<IgnoreList>('domain');
  const [value, setValue] = useState('');
  const add = async (event: FormEvent) => {
    event.preventDefault();
    if (await send({ type: 'add-ignore', list, value: value.trim(), notes: undefined })) setValue('');
  };
  return (
    <div className={styles.page}>
      <p className={styles.hint}>{words.intro}</p>
      <form className={styles.form} onSubmit={(event) => void add(event)}>
        <Labelled words={words.kind}>
          <Select
            label={words.kind}
            value={list}
            options={IgnoreList.options.map((one) => ({ value: one, words: words.kinds[one] }))}
            onChange={setList}
          />
        </Labelled>
        <Labelled words={words.value}>
          <TextField
            required
            label={words.value}
            value={value}
            onChange={(event) => setValue(event.target.value)}
          />
        </Labelled>
        <Button type="submit">{words.add}</Button>
      </form>
      {ignored.length === 0 && <p className={styles.quiet}>{words.none}</p>}
      <ul>
        {ignored.map((rule) => (
          <li key={rule.id} className={styles.line}>
            <span className={styles.what}>
              <span className={styles.quiet}>{words.kinds[rule.type]}</span> {rule.value}
            </span>
            <IconButton
              label={messages.remove(rule.value)}
              icon={<Trash2 size={15} />}
              onClick={() => void send({ type: 'remove-ignore', id: rule.id })}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}
