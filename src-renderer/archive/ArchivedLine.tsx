import type { ArchivedView } from '#shared/protocol/archive-search.ts';
import type { CatalogueCommand } from '#shared/document/command.ts';
import { useControl, useMirror } from '../stores/control-context.tsx';
import { Button } from '../ui/Button.tsx';
import { locale } from '../words/language.ts';
import { platformNames, streamName, streamPlace } from '../words/stream-words.ts';
import styles from './ArchiveDialog.module.css';
import { messages } from './messages.ts';

/** One stream or event of the archive as it was, and the way back. */
export function ArchivedLine({ archived }: { readonly archived: ArchivedView }) {
  const { actions, screen } = useControl();
  const isBack = useMirror(({ streams, events }) =>
    archived.type === 'stream'
      ? streams.has(archived.stream.id)
      : events.some(({ id }) => id === archived.event.id),
  );
  const name = nameOf(archived);
  const bringBack = () =>
    void actions.all([{ document: 'catalogue', command: commandOf(archived) }], () => messages.back(name));
  const find = () => {
    if (archived.type === 'event') return screen.setState({ over: { kind: 'settings', page: 'events' } });
    const { id } = archived.stream;
    screen.setState({ over: null, panel: 'streams', filter: 'all', search: '', activeStream: id });
  };
  return (
    <li className={styles.line} data-archived={archived.type}>
      <div className={styles.what}>
        <p className={styles.name}>{name}</p>
        <p className={styles.facts}>{factsOf(archived).join(' · ')}</p>
        {archived.type === 'stream' && (
          <a
            className={styles.link}
            href={archived.stream.link}
            target="_blank"
            rel="noreferrer"
            aria-label={messages.openLink(name)}
          >
            {archived.stream.link}
          </a>
        )}
        {archived.type === 'event' && archived.event.description !== undefined && (
          <p className={styles.facts}>{archived.event.description}</p>
        )}
      </div>
      {isBack ? (
        <Button aria-label={messages.look(name)} onClick={find}>
          {messages.lookWord}
        </Button>
      ) : (
        <Button aria-label={messages.bringBackOne(name)} onClick={bringBack}>
          {messages.bringBack}
        </Button>
      )}
    </li>
  );
}

const nameOf = (archived: ArchivedView): string =>
  archived.type === 'stream' ? streamName(archived.stream) : archived.event.title;

function commandOf(archived: ArchivedView): CatalogueCommand {
  const { record } = archived;
  return archived.type === 'stream'
    ? { type: 'restore-stream', id: archived.stream.id, record }
    : { type: 'restore-event', id: archived.event.id, record };
}

const day = (ms: number): string => new Date(ms).toLocaleDateString(locale);

function factsOf(archived: ArchivedView): readonly string[] {
  const left = messages.archivedAt(day(archived.atMs));
  if (archived.type === 'event') {
    const { at, streams } = archived.event;
    const count = Object.keys(streams).length;
    return [
      messages.event,
      messages.happened(new Date(at).toLocaleString(locale, { dateStyle: 'short', timeStyle: 'short' })),
      ...(count === 0 ? [] : [messages.streams(count)]),
      left,
    ];
  }
  const { stream } = archived;
  const lastMs = stream.lastLiveAt ?? stream.endedAt ?? stream.startedAt;
  return [
    platformNames[stream.platform],
    streamPlace(stream),
    lastMs === undefined ? '' : messages.seen(day(lastMs)),
    left,
  ].filter((fact) => fact !== '');
}
