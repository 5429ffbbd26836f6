import { RotateCcw } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import { hotkeyText, pressedHotkey } from '../control/hotkey.ts';
import { keysOf, roomActions } from '../control/room-actions.ts';
import { cellKeys, cellName, globalAction, type GlobalAction } from '../control/shortcuts.ts';
import { useControl, useMirror, usePreference } from '../stores/control-context.tsx';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Keys } from '../ui/Keys.tsx';
import { messages } from './messages.ts';
import styles from './Page.module.css';

const words = messages.keys;

/** Something that has keys. */
type Keyed = Readonly<{ id: string; words: string; keys: string | undefined }>;

/** The keys of every action and of this wall's cells, to be given others. */
export function KeysPage() {
  const { preferences } = useControl();
  const own = usePreference('hotkeys');
  const cells = useMirror(({ wall }) => wall.grid.cols * wall.grid.rows);
  const [asked, setAsked] = useState<string | null>(null);
  const [complaint, setComplaint] = useState('');
  const give = (id: string, keys: readonly string[] | null) => {
    setAsked(null);
    setComplaint('');
    const { [id]: _, ...rest } = own;
    preferences.change({ hotkeys: keys === null ? rest : { ...rest, [id]: keys } });
  };
  const onKeyDown = (id: string) => (event: KeyboardEvent) => {
    if (event.key === 'Tab') return setAsked(null);
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') return setAsked(null);
    if (event.key === 'Backspace') return give(id, []);
    const hotkey = pressedHotkey(event.nativeEvent);
    if (hotkey === null) return;
    const taken = globalAction(event.nativeEvent, false, own);
    if (taken === null || idOf(taken) === id) return give(id, [hotkeyText(hotkey)]);
    setComplaint(takenWords(taken));
  };
  const line = (keyed: Keyed) => (
    <KeysLine
      key={keyed.id}
      keyed={keyed}
      isAsked={asked === keyed.id}
      isOwn={Object.hasOwn(own, keyed.id)}
      onAsk={() => setAsked(keyed.id)}
      onLeave={() => setAsked((now) => (now === keyed.id ? null : now))}
      onKeyDown={onKeyDown(keyed.id)}
      onReset={() => give(keyed.id, null)}
    />
  );
  return (
    <div className={styles.page} data-keeps-keys={asked === null ? undefined : ''}>
      <p className={styles.hint}>{words.intro}</p>
      <p role="alert" className={styles.wrong}>
        {complaint}
      </p>
      <ul>
        {roomActions.map((action) =>
          line({ id: action.id, words: action.words, keys: keysOf(action, own)[0] }),
        )}
      </ul>
      <h3>{words.cells}</h3>
      <ul>
        {Array.from({ length: cells }, (_, index) =>
          line({ id: cellName(index), words: words.cell(index + 1), keys: cellKeys(index, own)[0] }),
        )}
      </ul>
    </div>
  );
}

const idOf = (action: GlobalAction): string => (action.kind === 'room' ? action.id : cellName(action.index));

function takenWords(taken: GlobalAction): string {
  if (taken.kind !== 'room') return words.takenByCell(taken.index + 1);
  return words.taken(roomActions.find(({ id }) => id === taken.id)?.words ?? taken.id);
}

function KeysLine(props: {
  readonly keyed: Keyed;
  readonly isAsked: boolean;
  /** The person has given it keys, or taken them away. */
  readonly isOwn: boolean;
  readonly onAsk: () => void;
  readonly onLeave: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onReset: () => void;
}) {
  const { keyed, isAsked } = props;
  return (
    <li className={styles.line}>
      <span id={`words-${keyed.id}`} className={styles.what}>
        {keyed.words}
      </span>
      <Button
        tone={isAsked ? 'loud' : 'quiet'}
        id={`keys-${keyed.id}`}
        aria-labelledby={`words-${keyed.id} keys-${keyed.id}`}
        data-capture={isAsked ? '' : undefined}
        onClick={props.onAsk}
        onBlur={props.onLeave}
        onKeyDown={isAsked ? props.onKeyDown : undefined}
      >
        {isAsked ? words.press : keyed.keys === undefined ? words.none : <Keys keys={keyed.keys} />}
      </Button>
      <IconButton
        small
        label={words.reset(keyed.words)}
        icon={<RotateCcw size={14} />}
        disabled={!props.isOwn}
        onClick={props.onReset}
      />
    </li>
  );
}
