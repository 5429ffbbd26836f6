import { Search } from 'lucide-react';
import { useState } from 'react';
import { useControl, useScreen } from '../stores/control-context.tsx';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Labelled } from '../ui/Labelled.tsx';
import { TextField } from '../ui/TextField.tsx';
import styles from './ArchiveDialog.module.css';
import { ArchivedLine } from './ArchivedLine.tsx';
import { messages } from './messages.ts';
import { readDays } from './read-days.ts';
import { useArchive, type ArchiveShown } from './use-archive.ts';

/** What has left the list: looked for by its words and by when it left, and brought back. */
export function ArchiveDialog() {
  const { screen } = useControl();
  const over = useScreen((state) => state.over);
  if (over?.kind !== 'archive') return null;
  return <OpenArchive text={over.text} onClose={() => screen.setState({ over: null })} />;
}

function OpenArchive(props: { readonly text: string; readonly onClose: () => void }) {
  const [text, setText] = useState(props.text);
  const [days, setDays] = useState({ from: '', until: '' });
  const archive = useArchive({ text, ...readDays(days.from, days.until) });
  const isAll = text.trim() === '' && days.from === '' && days.until === '';
  return (
    <Dialog open title={messages.title} closeWords={messages.close} onClose={props.onClose}>
      <p className={styles.intro}>{messages.intro}</p>
      <div className={styles.fields}>
        <TextField
          autoFocus
          className={styles.search}
          icon={<Search size={15} />}
          label={messages.search}
          placeholder={messages.search}
          maxLength={200}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Labelled words={messages.from}>
          <TextField
            type="date"
            label={messages.from}
            value={days.from}
            onChange={(event) => setDays({ ...days, from: event.target.value })}
          />
        </Labelled>
        <Labelled words={messages.until}>
          <TextField
            type="date"
            label={messages.until}
            value={days.until}
            onChange={(event) => setDays({ ...days, until: event.target.value })}
          />
        </Labelled>
      </div>
      <p className={styles.count} role="status">
        {countWords(archive, isAll)}
      </p>
      {archive.phase === 'refused' && (
        <p role="alert" className={styles.wrong}>
          {archive.words}
        </p>
      )}
      {!archive.isComplete && <p className={styles.count}>{messages.incomplete}</p>}
      <ul>
        {archive.found.map((one) => (
          <ArchivedLine key={one.type === 'stream' ? one.stream.id : one.event.id} archived={one} />
        ))}
      </ul>
      {archive.asked > 0 && archive.asked < archive.total && (
        <div className={styles.more}>
          <Button disabled={archive.phase === 'asking'} onClick={archive.more}>
            {messages.more}
          </Button>
        </div>
      )}
    </Dialog>
  );
}

function countWords({ phase, found, total }: ArchiveShown, isAll: boolean): string {
  if (phase === 'refused') return '';
  if (phase === 'asking' && found.length === 0) return messages.looking;
  if (total > 0) return messages.found(found.length, total);
  return isAll ? messages.empty : messages.none;
}
