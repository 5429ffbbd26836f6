import { Archive, Ban, Combine, Ellipsis, MonitorUp, Pin, PinOff, Tag, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import type { StreamChanges } from '#shared/document/command.ts';
import type { StreamView } from '#shared/document/view.ts';
import type { StreamStatus } from '#shared/model/stream.ts';
import { useControl, useScreen, type Control } from '../stores/control-context.tsx';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { MenuButton, type MenuEntry } from '../ui/Menu.tsx';
import { TextField } from '../ui/TextField.tsx';
import {
  changeMany,
  mergeMany,
  placeMany,
  removeMany,
  selectedStreams,
  setStatusOfMany,
} from './many-streams.ts';
import styles from './ManyBar.module.css';
import { messages } from './messages.ts';

const words = messages.many;
const statuses: readonly StreamStatus[] = ['live', 'offline', 'upcoming', 'gone', 'unknown'];

/** What can be done with all that are selected; there while any are. */
export function ManyBar() {
  const control = useControl();
  const { screen } = control;
  const count = useScreen((state) => state.selected.size);
  const [tagging, setTagging] = useState(false);
  if (count === 0) return null;
  const withAll = (act: (streams: readonly StreamView[]) => Promise<void>) => () =>
    void act(selectedStreams(control));
  const entries = manyEntries(count, withAll, control, () => setTagging(true));
  return (
    <div className={styles.bar} role="toolbar" aria-label={messages.selected(count)}>
      <span className={styles.count} aria-live="polite">
        {messages.selected(count)}
      </span>
      {tagging ? (
        <TagField
          onDone={(tag) => {
            setTagging(false);
            if (tag === '') return;
            const add = (stream: StreamView) => ({
              tags: [...new Set([...(stream.tags ?? []), tag])].slice(0, 50),
            });
            void changeMany(selectedStreams(control), add, control);
          }}
        />
      ) : (
        <>
          <Button icon={<MonitorUp size={15} />} onClick={withAll((all) => placeMany(all, control))}>
            {words.place}
          </Button>
          <IconButton
            label={words.remove}
            keys="Delete"
            icon={<Trash2 size={16} />}
            onClick={withAll((all) => removeMany(all, control))}
          />
          <MenuButton label={words.more} icon={<Ellipsis size={16} />} entries={entries} />
        </>
      )}
      <span className={styles.gap} />
      <IconButton
        label={messages.letGo}
        keys="Esc"
        icon={<X size={16} />}
        onClick={() => screen.setState({ selected: new Set() })}
      />
    </div>
  );
}

type WithAll = (act: (streams: readonly StreamView[]) => Promise<void>) => () => void;

function manyEntries(
  count: number,
  withAll: WithAll,
  control: Control,
  tag: () => void,
): readonly MenuEntry[] {
  const change = (changes: StreamChanges) => withAll((all) => changeMany(all, () => changes, control));
  return [
    { kind: 'action', words: words.pin, icon: <Pin size={15} />, run: change({ pinned: true }) },
    { kind: 'action', words: words.unpin, icon: <PinOff size={15} />, run: change({ pinned: null }) },
    { kind: 'action', words: words.tag, icon: <Tag size={15} />, run: tag },
    {
      kind: 'more',
      words: words.state,
      entries: statuses.map((status) => ({
        kind: 'action',
        words: messages.statuses[status],
        run: withAll((all) => setStatusOfMany(all, status, control)),
      })),
    },
    { kind: 'line' },
    { kind: 'action', words: words.archive, icon: <Archive size={15} />, run: change({ archived: true }) },
    { kind: 'action', words: words.unarchive, run: change({ archived: null }) },
    { kind: 'action', words: words.ignore, icon: <Ban size={15} />, run: change({ moderation: 'refused' }) },
    { kind: 'action', words: words.accept, run: change({ moderation: 'accepted' }) },
    {
      kind: 'action',
      words: words.merge,
      icon: <Combine size={15} />,
      disabled: count < 2,
      run: withAll((all) => mergeMany(all, control)),
    },
  ];
}

function TagField({ onDone }: { readonly onDone: (tag: string) => void }) {
  const [text, setText] = useState('');
  return (
    <TextField
      label={words.tagField}
      placeholder={words.tagField}
      autoFocus
      maxLength={60}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => onDone('')}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onDone(text.trim());
        else if (event.key === 'Escape') onDone('');
      }}
    />
  );
}
