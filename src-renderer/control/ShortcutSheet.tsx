import { useControl, usePreference, useScreen } from '../stores/control-context.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Keys } from '../ui/Keys.tsx';
import { messages } from './messages.ts';
import { allShortcuts, type Shortcut } from './shortcuts.ts';
import styles from './ShortcutSheet.module.css';

const areas: readonly Shortcut['area'][] = ['stage', 'anywhere', 'list'];

/** Every shortcut there is, from the table that acts on them. */
export function ShortcutSheet() {
  const { screen } = useControl();
  const open = useScreen((state) => state.over?.kind === 'sheet');
  const shortcuts = allShortcuts(usePreference('hotkeys'));
  return (
    <Dialog
      open={open}
      title={messages.sheetTitle}
      closeWords={messages.closeSheet}
      onClose={() => screen.setState({ over: null })}
    >
      {/* It may be longer than the screen: the keyboard scrolls it from here. */}
      <div className={styles.sheet} role="group" aria-label={messages.sheetTitle} tabIndex={0}>
        {areas.map((area) => (
          <section key={area} className={styles[area]} aria-label={messages.areas[area]}>
            <h3 className={styles.area}>{messages.areas[area]}</h3>
            <dl>
              {shortcuts
                .filter((shortcut) => shortcut.area === area)
                .map((shortcut) => (
                  <div key={`${shortcut.keys} ${shortcut.words}`} className={styles.shortcut}>
                    <dt>{shortcut.words}</dt>
                    <dd>
                      <Keys keys={shortcut.keys} />
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
