import { Popover } from 'radix-ui';
import { useControl, useMirror, useScreen } from '../stores/control-context.tsx';
import { CodeField } from './CodeField.tsx';
import styles from './CodePrompt.module.css';
import { focusSpot } from './focus-spot.ts';
import { messages } from './messages.ts';
import { spotOf } from './stage-cursor.ts';
import { stageShares } from './stage-geometry.ts';

/** The field at a tile or cell where one types a code. It goes where its tile goes. */
export function CodePrompt() {
  const code = useScreen((screen) => screen.code);
  const { screen, mirror } = useControl();
  const wall = useMirror((state) => state.wall);
  if (code === null) return null;
  const spot = spotOf(wall, code.at);
  const place = spot.kind === 'tile' ? spot.tile.place : { ...spot.cell, w: 1, h: 1 };
  const close = () => {
    screen.setState({ code: null });
    focusSpot(spotOf(mirror.getState().wall, code.at));
  };
  return (
    <Popover.Root open onOpenChange={(open) => !open && close()}>
      <Popover.Anchor asChild>
        <div className={styles.anchor} style={stageShares(place, wall.grid)} />
      </Popover.Anchor>
      <Popover.Portal>
        <Popover.Content
          className={styles.prompt}
          side="bottom"
          align="center"
          sideOffset={-44}
          collisionPadding={12}
          aria-label={messages.code.label}
          onCloseAutoFocus={(event) => event.preventDefault()}
        >
          <CodeField at={code.at} typed={code.text} onDone={close} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
