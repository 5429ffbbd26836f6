import { useId, useMemo, useState, type KeyboardEvent } from 'react';
import type { StreamId } from '#shared/model/ids.ts';
import { useControl, useMirror } from '../stores/control-context.tsx';
import { addStream } from '../stream-table/add-stream.ts';
import { judgeLink } from '../stream-table/judge-link.ts';
import { createStreamSearch } from '../stream-table/search-streams.ts';
import { useOrderedStreams } from '../stream-table/use-stream-rows.ts';
import { AddOffer, StreamOffer } from './CodeOffers.tsx';
import styles from './CodePrompt.module.css';
import { codeTarget } from './code-target.ts';
import { decideDrop } from './decide-drop.ts';
import { messages } from './messages.ts';
import type { StageCursor } from './stage-cursor.ts';
import { offersFor, type Offer } from './suggest-streams.ts';
import { tileOfStream } from './wall-lookup.ts';

const words = messages.code;

type CodeFieldProps = {
  readonly at: StageCursor;
  /** What was typed before the field opened. */
  readonly typed: string;
  readonly onDone: () => void;
};

/** What is typed is matched with the streams as it is typed; the wall changes when one of them is chosen. */
export function CodeField({ at, typed, onDone }: CodeFieldProps) {
  const control = useControl();
  const wall = useMirror((state) => state.wall);
  const ordered = useOrderedStreams();
  const search = useMemo(() => createStreamSearch(), []);
  const [text, setText] = useState(typed);
  const [chosen, setChosen] = useState(0);
  const listId = useId();
  const offers = useMemo(
    () => offersFor(ordered, wall, text, judgeLink(text), search),
    [ordered, wall, text, search],
  );
  const index = Math.min(chosen, offers.length - 1);

  const show = (stream: StreamId) => {
    const { wall: now } = control.mirror.getState();
    const cell = codeTarget(now, at);
    if (cell === null) return control.actions.say(words.takenMeanwhile, 'warning');
    void control.actions.drop(decideDrop(now, { kind: 'stream', stream }, { kind: 'cell', cell }));
  };
  const choose = async (offer: Offer | undefined) => {
    if (offer === undefined) return;
    onDone();
    if (offer.kind === 'stream') return show(offer.stream.id);
    const added = await addStream(offer.verdict, control);
    if (added.kind === 'refused') control.actions.say(added.words, 'warning');
    else show(offer.verdict.id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setChosen(Math.max(0, Math.min(offers.length - 1, index + step)));
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      void choose(offers[index]);
    }
  };
  const type = (next: string) => {
    setText(next);
    setChosen(0);
  };
  const optionProps = (position: number) => ({
    id: `${listId}-${position}`,
    chosen: position === index,
    onPoint: () => setChosen(position),
    onChoose: () => void choose(offers[position]),
  });
  return (
    <>
      <input
        autoFocus
        role="combobox"
        className={styles.field}
        aria-label={words.label}
        aria-expanded={offers.length > 0}
        aria-controls={listId}
        aria-activedescendant={offers.length > 0 ? `${listId}-${index}` : undefined}
        placeholder={words.placeholder}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => type(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <ul role="listbox" id={listId} aria-label={words.results} className={styles.offers}>
        {offers.map((offer, position) =>
          offer.kind === 'add' ? (
            <AddOffer key="add" {...optionProps(position)} link={offer.verdict.link} />
          ) : (
            <StreamOffer
              key={offer.stream.id}
              {...optionProps(position)}
              stream={offer.stream}
              tile={tileOfStream(wall, offer.stream.id)}
            />
          ),
        )}
      </ul>
      {offers.length === 0 && (
        <p className={styles.none}>{ordered.length === 0 ? words.noStreams : words.none(text)}</p>
      )}
    </>
  );
}
