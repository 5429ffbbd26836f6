import { Import, MonitorPlay, Users } from 'lucide-react';
import type { Command } from '#shared/document/command.ts';
import type { StreamView } from '#shared/document/view.ts';
import { useControl, useMirror, usePreference } from '../stores/control-context.tsx';
import { Button } from '../ui/Button.tsx';
import styles from './FirstDoors.module.css';
import { messages } from './messages.ts';

const words = messages.doors;

/** The desk's own demo channels, as it adds them. */
const isDemo = ({ source, link }: StreamView): boolean =>
  source === 'Demo channels' && link.startsWith('http://127.0.0.1:');

/** The first screen of a desk, which begins with demo channels that play: three doors, in nobody's way. */
export function FirstDoors() {
  const { screen, preferences, actions, mirror } = useControl();
  const welcomed = usePreference('welcomed');
  const isFirst = useMirror(
    ({ team, screens, streams }) =>
      team?.type === 'alone' && screens !== null && streams.size > 0 && [...streams.values()].every(isDemo),
  );
  if (welcomed || !isFirst) return null;
  const then = (run: () => void) => () => {
    preferences.change({ welcomed: true });
    run();
  };
  const empty = () => {
    const commands = [...mirror.getState().streams.values()].map<Command>(({ id }) => ({
      document: 'catalogue',
      command: { type: 'remove-stream', id },
    }));
    void actions.all(commands, () => words.emptied);
  };
  return (
    <section className={styles.doors} aria-label={words.label} data-first-doors="">
      <p className={styles.words}>{words.words}</p>
      <Button icon={<MonitorPlay size={16} />} onClick={then(() => undefined)}>
        {words.keep}
      </Button>
      <Button onClick={then(empty)}>{words.empty}</Button>
      <Button
        icon={<Users size={16} />}
        onClick={then(() => screen.setState({ over: { kind: 'settings', page: 'team' } }))}
      >
        {words.join}
      </Button>
      <Button icon={<Import size={16} />} onClick={then(() => screen.setState({ over: { kind: 'import' } }))}>
        {words.bring}
      </Button>
    </section>
  );
}
