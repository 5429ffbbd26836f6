import { Popover } from 'radix-ui';
import { useId, useMemo, useState, type KeyboardEvent } from 'react';
import type { StreamView, TileView } from '#shared/document/view.ts';
import { useControl, useMirror, useScreen } from '../stores/control-context.tsx';
import { createStreamSearch } from '../stream-table/search-streams.ts';
import { useOrderedStreams } from '../stream-table/use-stream-rows.ts';
import { Chip } from '../ui/Chip.tsx';
import { classNames } from '../ui/class-names.ts';
import { Keys } from '../ui/Keys.tsx';
import { streamName, streamPlace } from '../words/stream-words.ts';
import styles from './CodePrompt.module.css';
import { decideDrop } from './decide-drop.ts';
import { focusSpot } from './focus-spot.ts';
import { messages } from './messages.ts';
import { cursorAt, spotOf } from './stage-cursor.ts';
import { stageShares, type Cell } from './stage-geometry.ts';
import { suggestStreams } from './suggest-streams.ts';
import { tileAt, tileOfStream } from './wall-lookup.ts';

const words = messages.code;

/** The field at a tile or cell where one types a code. Nothing on the wall changes until a stream is chosen. */
export function CodePrompt() {
  const code = useScreen((screen) => screen.code);
  const { screen, mirror } = useControl();
  const wall = useMirror((state) => state.wall);
  if (code === null) return null;
  const at = tileAt(wall, code.cell)?.place ?? { ...code.cell, w: 1, h: 1 };
  const close = () => {
    screen.setState({ code: null });
    const now = mirror.getState().wall;
    focusSpot(spotOf(now, cursorAt(now, code.cell)));
  };
  return (
    <Popover.Root open onOpenChange={(open) => !open && close()}>
      <Popover.Anchor asChild>
        <div className={styles.anchor} style={stageShares(at, wall.grid)} />
      </Popover.Anchor>
      <Popover.Portal>
        <Popover.Content
          className={styles.prompt}
          side="bottom"
          align="center"
          sideOffset={-44}
          collisionPadding={12}
          aria-label={words.label}
          onCloseAutoFocus={(event) => event.preventDefault()}
        >
          <CodeField cell={code.cell} typed={code.text} onDone={close} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function CodeField(props: { readonly cell: Cell; readonly typed: string; readonly onDone: () => void }) {
  const { cell, typed, onDone } = props;
  const { actions, mirror } = useControl();
  const wall = useMirror((state) => state.wall);
  const ordered = useOrderedStreams();
  const search = useMemo(() => createStreamSearch(), []);
  const [text, setText] = useState(typed);
  const [chosen, setChosen] = useState(0);
  const listId = useId();
  const offered = useMemo(() => suggestStreams(ordered, wall, text, search), [ordered, wall, text, search]);
  const index = Math.min(chosen, offered.length - 1);

  const put = (stream: StreamView | undefined) => {
    if (stream === undefined) return;
    const now = mirror.getState().wall;
    void actions.drop(decideDrop(now, { kind: 'stream', stream: stream.id }, { kind: 'cell', cell }));
    onDone();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setChosen(Math.max(0, Math.min(offered.length - 1, index + step)));
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      put(offered[index]);
    }
  };
  return (
    <>
      <input
        autoFocus
        role="combobox"
        className={styles.field}
        aria-label={words.label}
        aria-expanded={offered.length > 0}
        aria-controls={listId}
        aria-activedescendant={offered.length > 0 ? `${listId}-${index}` : undefined}
        placeholder={words.placeholder}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul role="listbox" id={listId} aria-label={words.results} className={styles.offers}>
        {offered.map((stream, at) => (
          <Offer
            key={stream.id}
            id={`${listId}-${at}`}
            stream={stream}
            chosen={at === index}
            tile={tileOfStream(wall, stream.id)}
            onPoint={() => setChosen(at)}
            onChoose={() => put(stream)}
          />
        ))}
      </ul>
      {offered.length === 0 && (
        <p className={styles.none}>{ordered.length === 0 ? words.noStreams : words.none(text)}</p>
      )}
    </>
  );
}

function Offer(props: {
  readonly id: string;
  readonly stream: StreamView;
  readonly chosen: boolean;
  /** The tile that shows it already. */
  readonly tile: TileView | undefined;
  readonly onPoint: () => void;
  readonly onChoose: () => void;
}) {
  const { id, stream, chosen, tile, onPoint, onChoose } = props;
  return (
    <li
      id={id}
      role="option"
      aria-selected={chosen}
      className={classNames(styles.offer, chosen && styles.chosen)}
      onPointerMove={onPoint}
      onClick={onChoose}
    >
      <Chip tone={tile === undefined ? 'plain' : 'placed'}>{stream.code}</Chip>
      <span className={styles.name}>{streamName(stream)}</span>
      <span className={styles.more}>{whereWords(stream, tile)}</span>
      {chosen && <Keys keys="↵" />}
    </li>
  );
}

function whereWords(stream: StreamView, tile: TileView | undefined): string {
  if (tile === undefined) return streamPlace(stream);
  return tile.place === null ? words.onBench : words.onWall;
}
