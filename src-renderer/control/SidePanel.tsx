import { Tabs } from 'radix-ui';
import { HistoryPanel } from '../history/HistoryPanel.tsx';
import { ScenePanel } from '../scenes/ScenePanel.tsx';
import { useControl, useMirror, useScreen } from '../stores/control-context.tsx';
import type { Panel } from '../stores/screen-store.ts';
import { StreamPanel } from '../stream-table/StreamPanel.tsx';
import { messages } from './messages.ts';
import styles from './SidePanel.module.css';

const panels: readonly Panel[] = ['streams', 'scenes', 'history'];

/** What stands beside the wall: the list, the scenes, what happened. */
export function SidePanel() {
  const { screen } = useControl();
  const panel = useScreen((state) => state.panel);
  const scenes = useMirror((mirror) => mirror.wall.scenes.length);
  const show = (value: string) => {
    const chosen = panels.find((one) => one === value);
    if (chosen !== undefined) screen.setState({ panel: chosen, wide: false });
  };
  return (
    <Tabs.Root className={styles.side} value={panel} onValueChange={show}>
      <Tabs.List className={styles.tabs} aria-label={messages.panels}>
        {panels.map((one) => (
          <Tabs.Trigger key={one} value={one} className={styles.tab}>
            {messages.panelNames[one]}
            {one === 'scenes' && scenes > 0 && <span className={styles.count}>{scenes}</span>}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      <Tabs.Content value="streams" className={styles.content} tabIndex={-1}>
        <StreamPanel />
      </Tabs.Content>
      <Tabs.Content value="scenes" className={styles.content} tabIndex={-1}>
        <ScenePanel />
      </Tabs.Content>
      <Tabs.Content value="history" className={styles.content} tabIndex={-1}>
        <HistoryPanel />
      </Tabs.Content>
    </Tabs.Root>
  );
}
