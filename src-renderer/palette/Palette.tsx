import { Command } from 'cmdk';
import { Dialog } from 'radix-ui';
import { useMemo, useState, type ReactNode } from 'react';
import { performRoomAction } from '../control/perform-room-action.ts';
import { keysOf, roomActions, type RoomAction } from '../control/room-actions.ts';
import { messages as roomMessages } from '../control/messages.ts';
import { checkEntries } from '../status/check-entries.tsx';
import { useControl, useMirror, usePreference, useScreen } from '../stores/control-context.tsx';
import { useOrderedStreams } from '../stream-table/use-stream-rows.ts';
import { createStreamSearch } from '../stream-table/search-streams.ts';
import { useRowActions } from '../stream-table/use-row-actions.ts';
import { Chip } from '../ui/Chip.tsx';
import { Keys } from '../ui/Keys.tsx';
import { useFocusReturn } from '../ui/use-focus-return.ts';
import { spotOf } from '../wall-grid/stage-cursor.ts';
import { tileEntries } from '../wall-grid/tile-entries.tsx';
import { codeOfTile } from '../wall-grid/wall-lookup.ts';
import { streamName } from '../words/stream-words.ts';
import { matchWords } from './match-words.ts';
import { messages } from './messages.ts';
import styles from './Palette.module.css';

/** Everything that can be done, found by typing: actions, the tile at hand, scenes, walls, streams. */
export function Palette() {
  const { screen } = useControl();
  const open = useScreen((state) => state.over?.kind === 'palette');
  const close = () => screen.setState({ over: null });
  const giveBack = useFocusReturn(open);
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && close()}>
      <Dialog.Portal>
        <Dialog.Overlay className={styles.scrim} />
        <Dialog.Content className={styles.palette} aria-describedby={undefined} onCloseAutoFocus={giveBack}>
          <Dialog.Title className={styles.title}>{messages.title}</Dialog.Title>
          <PaletteList close={close} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function PaletteList({ close }: { readonly close: () => void }) {
  const control = useControl();
  const [text, setText] = useState('');
  const own = usePreference('hotkeys');
  /** The palette goes first, so that what is done has the screen and the focus to itself. */
  const then = (run: () => void) => () => {
    close();
    queueMicrotask(run);
  };
  return (
    <Command label={messages.title} loop filter={matchWords}>
      <Command.Input
        autoFocus
        className={styles.input}
        placeholder={messages.placeholder}
        aria-label={messages.title}
        value={text}
        onValueChange={setText}
      />
      <Command.List className={styles.list} label={messages.results}>
        <Command.Empty className={styles.empty}>{messages.none}</Command.Empty>
        <TileItems then={then} />
        <RowItems then={then} />
        {(['panic', 'edit', 'look', 'list', 'walls'] as const).map((group) => (
          <Command.Group key={group} className={styles.group} heading={roomMessages.actionGroups[group]}>
            {roomActions
              .filter((action) => action.group === group && action.id !== 'palette')
              .map((action) => (
                <Item
                  key={action.id}
                  value={`${action.words} ${action.id}`}
                  keys={keysOf(action, own)[0]}
                  run={then(() => runAction(action, control))}
                >
                  {action.words}
                </Item>
              ))}
          </Command.Group>
        ))}
        <SceneItems then={then} />
        <WallItems then={then} />
        <StreamItems text={text} then={then} />
      </Command.List>
    </Command>
  );
}

function runAction(action: RoomAction, control: ReturnType<typeof useControl>): void {
  performRoomAction(action.id, control);
}

type Then = (run: () => void) => () => void;

function Item(props: {
  readonly value: string;
  readonly keys?: string | undefined;
  readonly run: () => void;
  readonly children: ReactNode;
}) {
  return (
    <Command.Item className={styles.item} value={props.value} onSelect={props.run}>
      <span className={styles.words}>{props.children}</span>
      {props.keys !== undefined && <Keys keys={props.keys} />}
    </Command.Item>
  );
}

/** What can be done with the tile that the keyboard is on. */
function TileItems({ then }: { readonly then: Then }) {
  const control = useControl();
  const wall = useMirror((mirror) => mirror.wall);
  const streams = useMirror((mirror) => mirror.streams);
  const cursor = useScreen((screen) => screen.cursor);
  const spot = cursor === null ? null : spotOf(wall, cursor);
  if (spot?.kind !== 'tile') return null;
  const code = codeOfTile(wall, streams, spot.tile.id);
  const entries = tileEntries(spot.tile, streams.get(spot.tile.stream), control);
  return (
    <Command.Group className={styles.group} heading={messages.tile(code)}>
      {entries.map((entry, index) =>
        entry.kind === 'action' && entry.disabled !== true ? (
          <Item key={index} value={`${code} ${entry.words}`} keys={entry.keys} run={then(entry.run)}>
            {entry.words}
          </Item>
        ) : null,
      )}
    </Command.Group>
  );
}

/** What can be asked about the stream whose row the keyboard is on, or was last. */
function RowItems({ then }: { readonly then: Then }) {
  const control = useControl();
  const active = useScreen((screen) => screen.activeStream);
  const stream = useMirror((mirror) => (active === null ? undefined : mirror.streams.get(active)));
  if (stream === undefined) return null;
  return (
    <Command.Group className={styles.group} heading={stream.code}>
      {checkEntries(stream, control).map((entry) =>
        entry.kind === 'action' ? (
          <Item
            key={entry.words}
            value={`row ${stream.code} ${streamName(stream)} ${entry.words}`}
            run={then(entry.run)}
          >
            {entry.words}
          </Item>
        ) : null,
      )}
    </Command.Group>
  );
}

function SceneItems({ then }: { readonly then: Then }) {
  const { actions } = useControl();
  const scenes = useMirror((mirror) => mirror.wall.scenes);
  if (scenes.length === 0) return null;
  return (
    <Command.Group className={styles.group} heading={messages.scenes}>
      {scenes.map((scene) => (
        <Item
          key={scene.id}
          value={`${messages.applyScene(scene.name)} ${scene.id}`}
          run={then(
            () => void actions.wall({ type: 'apply-scene', scene: scene.id }, messages.applied(scene.name)),
          )}
        >
          {messages.applyScene(scene.name)}
        </Item>
      ))}
    </Command.Group>
  );
}

function WallItems({ then }: { readonly then: Then }) {
  const { actions } = useControl();
  const wall = useMirror((mirror) => mirror.wall.id);
  const walls = useMirror((mirror) => mirror.walls);
  const others = walls.filter((one) => one.id !== wall && !one.archived);
  if (others.length === 0) return null;
  return (
    <Command.Group className={styles.group} heading={messages.walls}>
      {others.map((one) => (
        <Item
          key={one.id}
          value={`${messages.goToWall(one.name)} ${one.id}`}
          run={then(() => void actions.openWall(one.id))}
        >
          {messages.goToWall(one.name)}
        </Item>
      ))}
    </Command.Group>
  );
}

const MAX_STREAMS = 8;

/** Streams are searched as the list searches them, and only once something was typed: there can be thousands. */
function StreamItems({ text, then }: { readonly text: string; readonly then: Then }) {
  const ordered = useOrderedStreams();
  const search = useMemo(() => createStreamSearch(), []);
  const { place } = useRowActions();
  if (text.trim() === '') return null;
  const found = search(ordered, text).slice(0, MAX_STREAMS);
  return (
    <Command.Group className={styles.group} heading={messages.streams} forceMount>
      {found.map((stream) => (
        <Command.Item
          key={stream.id}
          forceMount
          className={styles.item}
          value={`stream ${stream.id}`}
          onSelect={then(() => place(stream))}
        >
          <Chip>{stream.code}</Chip>
          <span className={styles.words}>{streamName(stream)}</span>
        </Command.Item>
      ))}
    </Command.Group>
  );
}
