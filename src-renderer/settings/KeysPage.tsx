import { RotateCcw } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import { hotkeyText, pressedHotkey } from '../control/hotkey.ts';
import { keysOf, roomActions, type RoomAction } from '../control/room-actions.ts';
import { globalAction } from '../control/shortcuts.ts';
import { useControl, usePreference } from '../stores/control-context.tsx';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Keys } from '../ui/Keys.tsx';
import { messages } from './messages.ts';
import styles from './Page.module.css';

const words = messages.keys;

/** Every action's keys, to be given others. */
export function KeysPage() {
  const { preferences } = useControl();
  const own = usePreference('hotkeys');
  const [asked, setAsked] = useState<string | null>(null);
  const [complaint, setComplaint] = useState('');
  const give = (action: RoomAction, keys: readonly string[]) => {
    setAsked(null);
    setComplaint('');
    preferences.change({ hotkeys: { ...own, [action.id]: keys } });
  };
  const onKeyDown = (action: RoomAction) => (event: KeyboardEvent) => {
    if (event.key === 'Tab') return setAsked(null);
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') return setAsked(null);
    if (event.key === 'Backspace') return give(action, []);
    const hotkey = pressedHotkey(event.nativeEvent);
    if (hotkey === null) return;
    const taken = globalAction(event.nativeEvent, false, own);
    if (taken === null || (taken.kind === 'room' && taken.id === action.id))
      return give(action, [hotkeyText(hotkey)]);
    const other = taken.kind === 'room' ? roomActions.find(({ id }) => id === taken.id) : undefined;
    setComplaint(other === undefined ? words.taken2 : words.taken(other.words));
  };
  return (
    <div className={styles.page} data-keeps-keys={asked === null ? undefined : ''}>
      <p className={styles.hint}>{words.intro}</p>
      <p role="alert" className={styles.wrong}>
        {complaint}
      </p>
      <ul>
        {roomActions.map((action) => {
          const [keys] = keysOf(action, own);
          return (
            <li key={action.id} className={styles.line}>
              <span id={`words-${action.id}`} className={styles.what}>
                {action.words}
              </span>
              <Button
                tone={asked === action.id ? 'loud' : 'quiet'}
                id={`keys-${action.id}`}
                aria-labelledby={`words-${action.id} keys-${action.id}`}
                data-capture={asked === action.id ? '' : undefined}
                onClick={() => setAsked(action.id)}
                onBlur={() => setAsked((now) => (now === action.id ? null : now))}
                onKeyDown={asked === action.id ? onKeyDown(action) : undefined}
              >
                {asked === action.id ? words.press : keys === undefined ? words.none : <Keys keys={keys} />}
              </Button>
              <IconButton
                small
                label={words.reset(action.words)}
                icon={<RotateCcw size={14} />}
                disabled={!Object.hasOwn(own, action.id)}
                onClick={() => {
                  const { [action.id]: _, ...rest } = own;
                  preferences.change({ hotkeys: rest });
                }}
              />
            </li>
          );
        })}
      </ul>
    </div>
  );
}
