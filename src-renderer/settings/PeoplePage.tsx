import { Pencil, Trash2 } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import type { Command } from '#shared/document/command.ts';
import type { StreamerView } from '#shared/document/view.ts';
import { StreamerId } from '#shared/model/ids.ts';
import { useControl, useMirror } from '../stores/control-context.tsx';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Labelled } from '../ui/Labelled.tsx';
import { TextField } from '../ui/TextField.tsx';
import { MergeField } from './MergeField.tsx';
import { messages } from './messages.ts';
import styles from './Page.module.css';
import { mergeStreamers, readAccounts, writeAccounts } from './streamer-accounts.ts';
import { newId, useCatalogue } from './use-catalogue.ts';

const words = messages.people;
const empty = { name: '', accounts: '', notes: '' };

/** The people and outlets behind the streams. */
export function PeoplePage() {
  const streamers = useMirror((mirror) => mirror.streamers);
  const send = useCatalogue();
  const [edited, setEdited] = useState<StreamerView | null>(null);
  return (
    <div className={styles.page}>
      <StreamerForm key={edited?.id ?? 'new'} streamer={edited} onDone={() => setEdited(null)} />
      {streamers.length === 0 && <p className={styles.quiet}>{words.none}</p>}
      <ul>
        {streamers.map((streamer) => (
          <li key={streamer.id} className={styles.line}>
            <span className={styles.what}>
              {streamer.name} <span className={styles.quiet}>{writeAccounts(streamer.accounts)}</span>
            </span>
            <IconButton
              label={`${messages.save}: ${streamer.name}`}
              icon={<Pencil size={15} />}
              onClick={() => setEdited(streamer)}
            />
            <IconButton
              label={messages.remove(streamer.name)}
              icon={<Trash2 size={15} />}
              onClick={() => void send({ type: 'remove-streamer', id: streamer.id })}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}

function StreamerForm({
  streamer,
  onDone,
}: {
  readonly streamer: StreamerView | null;
  readonly onDone: () => void;
}) {
  const send = useCatalogue();
  const [text, setText] = useState(
    streamer === null
      ? empty
      : { name: streamer.name, accounts: writeAccounts(streamer.accounts), notes: streamer.notes ?? '' },
  );
  const [complaint, setComplaint] = useState('');
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const accounts = readAccounts(text.accounts);
    if (accounts === null) return setComplaint(words.badAccounts);
    const notes = text.notes.trim();
    const fields = {
      name: text.name.trim(),
      accounts,
      ...(notes === '' ? {} : { notes }),
      ...(streamer?.priority === undefined ? {} : { priority: streamer.priority }),
    };
    const id = streamer?.id ?? StreamerId.parse(newId());
    if (!(await send({ type: 'put-streamer', id, fields }))) return;
    setText(empty);
    setComplaint('');
    onDone();
  };
  return (
    <form className={styles.form} onSubmit={(event) => void save(event)}>
      {(['name', 'accounts', 'notes'] as const).map((field) => (
        <Labelled key={field} words={words[field]}>
          <TextField
            label={words[field]}
            required={field === 'name'}
            value={text[field]}
            onChange={(event) => setText({ ...text, [field]: event.target.value })}
          />
        </Labelled>
      ))}
      <Button type="submit">{streamer === null ? words.add : messages.save}</Button>
      {streamer !== null && <MergeStreamer streamer={streamer} onDone={onDone} />}
      <p role="alert" className={styles.wrong}>
        {complaint}
      </p>
    </form>
  );
}

/** Two that turned out to be one: the other keeps everything of both. */
function MergeStreamer({
  streamer,
  onDone,
}: {
  readonly streamer: StreamerView;
  readonly onDone: () => void;
}) {
  const { actions } = useControl();
  const streamers = useMirror((mirror) => mirror.streamers);
  const streams = useMirror((mirror) => mirror.streams);
  const merge = (into: StreamerView) => {
    const theirs = [...streams.values()].filter((stream) => stream.streamer === streamer.id);
    const commands = mergeStreamers(streamer, into, theirs).map<Command>((command) => ({
      document: 'catalogue',
      command,
    }));
    void actions.all(commands, () => messages.merged(into.name));
    onDone();
  };
  const others = streamers.filter(({ id }) => id !== streamer.id);
  return <MergeField others={others} nameOf={({ name }) => name} onChoose={merge} />;
}
