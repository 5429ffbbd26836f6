import { Command, Contrast, Keyboard, Redo2, Settings, Undo2 } from 'lucide-react';
import { useActions, useControl, usePreference } from '../stores/control-context.tsx';
import type { Theme } from '../control/theme.ts';
import { StatusLight } from '../status/StatusLight.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { MenuButton, type MenuEntry } from '../ui/Menu.tsx';
import { GridSizeControl } from '../wall-grid/GridSizeControl.tsx';
import { WallMenu } from '../walls/WallMenu.tsx';
import { DelayLights } from './DelayLight.tsx';
import { messages } from './messages.ts';
import { People } from './People.tsx';
import { SavingLight } from './SavingLight.tsx';
import styles from './TruthBar.module.css';

/** Which wall this is, whether it is saved, and the way back. */
export function TruthBar() {
  const { undo, redo } = useActions();
  const { screen } = useControl();
  return (
    <div className={styles.bar} role="toolbar" aria-label={messages.bar}>
      <Mark />
      <WallMenu />
      <GridSizeControl />
      <span className={styles.gap} />
      <StatusLight />
      <DelayLights />
      <People />
      <SavingLight />
      <span className={styles.line} />
      <IconButton
        label={messages.undo}
        keys="Ctrl+Z"
        icon={<Undo2 size={17} />}
        onClick={() => void undo()}
      />
      <IconButton
        className={styles.forKeyboards}
        label={messages.redo}
        keys="Ctrl+Shift+Z"
        icon={<Redo2 size={17} />}
        onClick={() => void redo()}
      />
      <span className={styles.line} />
      <IconButton
        label={messages.palette}
        keys="Ctrl+K"
        icon={<Command size={17} />}
        onClick={() => screen.setState({ over: { kind: 'palette' } })}
      />
      <span className={styles.forKeyboards}>
        <ThemeButton />
      </span>
      <IconButton
        className={styles.forKeyboards}
        label={messages.shortcuts}
        keys="?"
        icon={<Keyboard size={17} />}
        onClick={() => screen.setState({ over: { kind: 'sheet' } })}
      />
      <IconButton
        label={messages.settings}
        keys="Ctrl+,"
        icon={<Settings size={17} />}
        onClick={() => screen.setState({ over: { kind: 'settings', page: 'machine' } })}
      />
    </div>
  );
}

function ThemeButton() {
  const { preferences } = useControl();
  const theme = usePreference('theme');
  const names: readonly Theme[] = ['dark', 'light', 'contrast'];
  const entries = names.map<MenuEntry>((name) => ({
    kind: 'choice',
    words: messages.themes[name],
    chosen: name === theme,
    run: () => preferences.change({ theme: name }),
  }));
  return <MenuButton label={messages.appearance} icon={<Contrast size={17} />} entries={entries} />;
}

/** The program's own mark: a small wall with one tile that is heard. */
function Mark() {
  return (
    <svg className={styles.mark} width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
      <rect x="1" y="2.5" width="11" height="9" rx="1.5" className={styles.markHeard} />
      <rect x="13.5" y="2.5" width="5.5" height="4" rx="1.2" />
      <rect x="13.5" y="7.5" width="5.5" height="4" rx="1.2" />
      <rect x="1" y="12.8" width="5.2" height="4.7" rx="1.2" />
      <rect x="7.4" y="12.8" width="5.2" height="4.7" rx="1.2" />
      <rect x="13.8" y="12.8" width="5.2" height="4.7" rx="1.2" />
    </svg>
  );
}
