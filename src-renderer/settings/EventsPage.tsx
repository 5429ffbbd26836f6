import { Trash2 } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import type { EventView } from '#shared/document/view.ts';
import { EventId, StreamId } from '#shared/model/ids.ts';
import { useMirror } from '../stores/control-context.tsx';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Labelled } from '../ui/Labelled.tsx';
import { TextField } from '../ui/TextField.tsx';
import { messages } from './messages.ts';
import styles from './Page.module.css';
import { newId, useCatalogue } from './use-catalogue.ts';

const words = messages.events;

/** Things that happened, and where in which streams they are to be seen. */
export function EventsPage() {
  const events = useMirror((mirror) => mirror.events);
  return (
    <div className={styles.page}>
      <AddEvent />
      {events.length === 0 && <p className={styles.quiet}>{words.none}</p>}
      <ul>
        {events
          .toSorted((a, b) => b.at - a.at)
          .map((event) => (
            <EventLine key={event.id} event={event} />
          ))}
      </ul>
    </div>
  );
}

function AddEvent() {
  const send = useCatalogue();
  const [text, setText] = useState({ title: '', at: '', description: '' });
  const [complaint, setComplaint] = useState('');
  const add = async (event: FormEvent) => {
    event.preventDefault();
    const at = Date.parse(text.at);
    if (text.title.trim().length < 3 || Number.isNaN(at)) return setComplaint(words.short);
    const description = text.description.trim();
    const done = await send({
      type: 'put-event',
      id: EventId.parse(newId()),
      title: text.title.trim(),
      at,
      ...(description === '' ? {} : { description }),
    });
    setComplaint('');
    if (done) setText({ title: '', at: '', description: '' });
  };
  return (
    <form className={styles.form} onSubmit={(event) => void add(event)}>
      <Labelled words={words.name}>
        <TextField
          label={words.name}
          maxLength={200}
          value={text.title}
          onChange={(event) => setText({ ...text, title: event.target.value })}
        />
      </Labelled>
      <Labelled words={words.at}>
        <TextField
          type="datetime-local"
          step={1}
          label={words.at}
          value={text.at}
          onChange={(event) => setText({ ...text, at: event.target.value })}
        />
      </Labelled>
      <Labelled words={words.description}>
        <TextField
          label={words.description}
          maxLength={2000}
          value={text.description}
          onChange={(event) => setText({ ...text, description: event.target.value })}
        />
      </Labelled>
      <Button type="submit">{words.add}</Button>
      <p role="alert" className={styles.wrong}>
        {complaint}
      </p>
    </form>
  );
}

function EventLine({ event }: { readonly event: EventView }) {
  const send = useCatalogue();
  const streams = useMirror((mirror) => mirror.streams);
  const linked = Object.entries(event.streams);
  return (
    <li className={styles.line}>
      <div className={styles.what}>
        <p>
          {event.title}{' '}
          <time className={styles.quiet} dateTime={new Date(event.at).toISOString()}>
            {new Date(event.at).toLocaleString()}, {words.streams(linked.length)}
          </time>
        </p>
        {linked.map(([id, { offsetSeconds }]) => (
          <Button
            key={id}
            tone="quiet"
            aria-label={messages.remove(streams.get(StreamId.parse(id))?.code ?? id)}
            onClick={() => void send({ type: 'unlink-event', id: event.id, stream: StreamId.parse(id) })}
          >
            {streams.get(StreamId.parse(id))?.code ?? '–'}{' '}
            {offsetSeconds === undefined ? '' : `${String(offsetSeconds)} s`} ×
          </Button>
        ))}
      </div>
      <LinkForm event={event} />
      <IconButton
        label={messages.remove(event.title)}
        icon={<Trash2 size={15} />}
        onClick={() => void send({ type: 'remove-event', id: event.id })}
      />
    </li>
  );
}

function LinkForm({ event }: { readonly event: EventView }) {
  const send = useCatalogue();
  const streams = useMirror((mirror) => mirror.streams);
  const [text, setText] = useState({ code: '', offset: '' });
  const [complaint, setComplaint] = useState('');
  const link = async (submitted: FormEvent) => {
    submitted.preventDefault();
    const stream = [...streams.values()].find(({ code }) => code === text.code.trim().toLowerCase());
    if (stream === undefined) return setComplaint(words.noStream);
    const offsetSeconds = Number(text.offset);
    const hasOffset = text.offset.trim() !== '' && Number.isFinite(offsetSeconds) && offsetSeconds >= 0;
    await send({
      type: 'link-event',
      id: event.id,
      stream: stream.id,
      ...(hasOffset ? { offsetSeconds } : {}),
    });
    setText({ code: '', offset: '' });
    setComplaint('');
  };
  return (
    <form className={styles.row} onSubmit={(submitted) => void link(submitted)}>
      <TextField
        label={words.link}
        placeholder={words.link}
        complaint={complaint}
        value={text.code}
        onChange={(change) => setText({ ...text, code: change.target.value })}
      />
      <TextField
        label={words.offset}
        placeholder={words.offset}
        inputMode="decimal"
        value={text.offset}
        onChange={(change) => setText({ ...text, offset: change.target.value })}
      />
      <Button type="submit">{words.linkButton}</Button>
    </form>
  );
}
