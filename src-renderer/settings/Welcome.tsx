import { Import, MonitorPlay, Users } from 'lucide-react';
import type { ReactNode } from 'react';
import { useControl, usePreference, useMirror, useScreen } from '../stores/control-context.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { messages } from './messages.ts';
import styles from './Welcome.module.css';

const words = messages.welcome;

/** The first screen, once: three doors. Where there are streams already nobody needs it. */
export function Welcome() {
  const { screen, preferences, actions, mirror } = useControl();
  const welcomed = usePreference('welcomed');
  const isEmpty = useMirror((mirror) => mirror.streams.size === 0 && mirror.wall.tiles.length === 0);
  const isFree = useScreen((state) => state.over === null);
  const hasDemo = useMirror((mirror) => mirror.screens !== null);
  const mayJoin = useMirror((mirror) => mirror.team?.type === 'alone');
  if (welcomed || !isEmpty || !isFree) return null;
  const then = (run: () => void) => () => {
    preferences.change({ welcomed: true });
    run();
  };
  const first = then(() => document.querySelector<HTMLInputElement>('[data-focus="add-link"]')?.focus());
  const own = hasDemo
    ? then(() => void actions.machine('add-demo-channels', mirror.getState().wall.id))
    : first;
  return (
    <Dialog open title={words.title} closeWords={messages.close} onClose={first}>
      <p className={styles.words}>{words.words}</p>
      <div className={styles.doors}>
        <Door
          icon={<MonitorPlay size={22} />}
          title={words.own}
          words={hasDemo ? words.ownDemoWords : words.ownWords}
          onClick={own}
        />
        {mayJoin && (
          <Door
            icon={<Users size={22} />}
            title={words.join}
            words={words.joinWords}
            onClick={then(() => screen.setState({ over: { kind: 'settings', page: 'team' } }))}
          />
        )}
        <Door
          icon={<Import size={22} />}
          title={words.bring}
          words={words.bringWords}
          onClick={then(() => screen.setState({ over: { kind: 'import' } }))}
        />
      </div>
    </Dialog>
  );
}

function Door(props: {
  readonly icon: ReactNode;
  readonly title: string;
  readonly words: string;
  readonly onClick: () => void;
}) {
  return (
    <button type="button" className={styles.door} onClick={props.onClick}>
      {props.icon}
      <span className={styles.title}>{props.title}</span>
      <span className={styles.doorWords}>{props.words}</span>
    </button>
  );
}
