import { useEffect } from 'react';
import { ImportDialog } from '../add-streams/ImportDialog.tsx';
import { LinksDialog } from '../add-streams/LinksDialog.tsx';
import { ArchiveDialog } from '../archive/ArchiveDialog.tsx';
import { AudioStrip } from '../audio-mixer/AudioStrip.tsx';
import { Palette } from '../palette/Palette.tsx';
import { SettingsDialog } from '../settings/SettingsDialog.tsx';
import { Welcome } from '../settings/Welcome.tsx';
import { usePreference, useScreen } from '../stores/control-context.tsx';
import { StreamFormDialog } from '../stream-table/StreamForm.tsx';
import { FirstDoors } from '../sources/FirstDoors.tsx';
import { NoticeLines } from '../truth-bar/NoticeLines.tsx';
import { TeamLines } from '../truth-bar/TeamLines.tsx';
import { TruthBar } from '../truth-bar/TruthBar.tsx';
import { classNames } from '../ui/class-names.ts';
import { BenchTray } from '../wall-grid/BenchTray.tsx';
import { DragLayer } from '../wall-grid/DragLayer.tsx';
import { Stage } from '../wall-grid/Stage.tsx';
import styles from './ControlRoom.module.css';
import { SaidNotices } from './SaidNotices.tsx';
import { ShortcutSheet } from './ShortcutSheet.tsx';
import { SidePanel } from './SidePanel.tsx';
import { showTheme } from './theme.ts';
import { useGlobalKeys } from './use-global-keys.ts';
import { useLinkDrop } from './use-link-drop.ts';

/** One screen to run a wall: its state on top, the wall, the streams beside it, what is heard below. */
export function ControlRoom() {
  useGlobalKeys();
  useLinkDrop();
  const theme = usePreference('theme');
  const dragging = useScreen((screen) => screen.drag !== null);
  const wide = useScreen((screen) => screen.wide);
  useEffect(() => showTheme(theme), [theme]);

  return (
    <div
      className={classNames(styles.room, dragging && styles.dragging, wide && styles.wide)}
      data-dragging={dragging || undefined}
    >
      <header className={styles.truth}>
        <TruthBar />
        <TeamLines />
        <NoticeLines />
        <FirstDoors />
      </header>
      <main className={styles.wall}>
        <Stage />
        <BenchTray />
        <SaidNotices />
      </main>
      <aside className={styles.streams}>
        <SidePanel />
      </aside>
      <footer className={styles.audio}>
        <AudioStrip />
      </footer>
      <DragLayer />
      <Palette />
      <ShortcutSheet />
      <LinksDialog />
      <ImportDialog />
      <ArchiveDialog />
      <StreamFormDialog />
      <SettingsDialog />
      <Welcome />
    </div>
  );
}
