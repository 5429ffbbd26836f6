import { useDeferredValue, useMemo } from 'react';
import type { Command } from '#shared/document/command.ts';
import { useActions, useControl, useMirror, useScreen } from '../stores/control-context.tsx';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { TextArea } from '../ui/TextArea.tsx';
import { platformNames } from '../words/stream-words.ts';
import { readStreamUrl } from '#shared/model/stream-url.ts';
import { judgeLinks, type GoodLink } from './judge-links.ts';
import { messages } from './messages.ts';
import styles from './AddStreams.module.css';

const words = messages.links;

/** A hundred links at once, out of any text: what is found is shown before anything is added. */
export function LinksDialog() {
  const { screen } = useControl();
  const over = useScreen((state) => state.over);
  if (over?.kind !== 'links') return null;
  return <OpenLinks text={over.text} onClose={() => screen.setState({ over: null })} />;
}

function OpenLinks({ text, onClose }: { readonly text: string; readonly onClose: () => void }) {
  const { screen } = useControl();
  const { all } = useActions();
  const streams = useMirror((mirror) => mirror.streams);
  const settled = useDeferredValue(text);
  const verdict = useMemo(() => judgeLinks(settled, (id) => streams.has(id)), [settled, streams]);
  const add = () => {
    const commands = verdict.fresh.map<Command>(({ link }) => ({
      document: 'catalogue',
      command: { type: 'add-stream', link },
    }));
    onClose();
    screen.setState({ filter: 'new', search: '' });
    void all(commands, words.added);
  };
  return (
    <Dialog
      open
      title={words.title}
      closeWords={messages.close}
      onClose={onClose}
      foot={
        <Button tone="loud" disabled={verdict.fresh.length === 0} onClick={add}>
          {words.add(verdict.fresh.length)}
        </Button>
      }
    >
      <TextArea
        autoFocus
        mono
        rows={6}
        label={words.field}
        placeholder={words.placeholder}
        value={text}
        onChange={(event) => screen.setState({ over: { kind: 'links', text: event.target.value } })}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && verdict.fresh.length > 0) add();
        }}
      />
      <div aria-live="polite">
        <LinkList title={words.fresh} links={verdict.fresh} />
        <LinkList title={words.known} links={verdict.known} />
        {verdict.refused.length > 0 && (
          <section className={styles.part} data-refused={verdict.refused.length}>
            <h3 className={styles.head}>{words.refused(verdict.refused.length)}</h3>
            <ul>
              {verdict.refused.map((one, index) => (
                <li key={index} className={styles.line}>
                  <span className={styles.link}>{one.text}</span>
                  <span className={styles.why}>{one.words}</span>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </Dialog>
  );
}

function LinkList(props: { readonly title: (count: number) => string; readonly links: readonly GoodLink[] }) {
  if (props.links.length === 0) return null;
  return (
    <section className={styles.part}>
      <h3 className={styles.head}>{props.title(props.links.length)}</h3>
      <ul>
        {props.links.map(({ id, link }) => (
          <li key={id} className={styles.line}>
            <span className={styles.link}>{link}</span>
            <span className={styles.why}>{platformOf(link)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function platformOf(link: string): string {
  const read = readStreamUrl(link);
  return read.ok ? platformNames[read.value.platform] : '';
}
