import { Radio, Shield, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { DelayState } from '#shared/protocol/delay-state.ts';
import { useActions, useControl, useMirror, useNow, useScreen } from '../stores/control-context.tsx';
import { Button } from '../ui/Button.tsx';
import { classNames } from '../ui/class-names.ts';
import { Popover } from '../ui/Popover.tsx';
import { delayWords, elapsed } from './delay-words.ts';
import styles from './DelayLight.module.css';
import { messages } from './messages.ts';

const words = messages.delay;

/** The broadcast behind a Streamdelay server: whether it runs, how far behind, whether it is covered. */
export function DelayLight() {
  const { screen } = useControl();
  const delay = useMirror((mirror) => mirror.delay);
  const open = useScreen((state) => state.over?.kind === 'delay');
  const now = useNow(delay?.type === 'known' && delay.startedAtMs !== null ? 1000 : null);
  if (delay === null || delay.type === 'off') return null;
  const shown = delayWords(delay);
  const clock = delay.type === 'known' ? elapsed(delay.startedAtMs, now) : '';
  return (
    <Popover
      open={open}
      onOpenChange={(next) => screen.setState({ over: next ? { kind: 'delay' } : null })}
      label={words.title}
      align="end"
      trigger={
        <button
          type="button"
          className={classNames(styles.light, styles[shown.tone])}
          data-delay={delay.type === 'known' ? delay.censor : 'unknown'}
          title={shown.more}
        >
          <Shape tone={shown.tone} />
          <span>{shown.words}</span>
          {clock !== '' && <span className={styles.clock}>{clock}</span>}
        </button>
      }
    >
      <div className={styles.panel}>
        <p>{shown.words}</p>
        <p className={styles.more}>{shown.more}</p>
        {delay.type === 'known' && <DelayButtons delay={delay} />}
      </div>
    </Popover>
  );
}

function Shape({ tone }: Pick<ReturnType<typeof delayWords>, 'tone'>) {
  if (tone === 'covered') return <Shield size={14} />;
  return tone === 'unknown' ? <TriangleAlert size={14} /> : <Radio size={14} />;
}

function DelayButtons({ delay }: { readonly delay: DelayState & { readonly type: 'known' } }) {
  const { machine } = useActions();
  const covered = delay.censor === 'on';
  const running = delay.stream !== 'stopped';
  return (
    <>
      <Button
        tone={covered ? 'plain' : 'hidden'}
        icon={<Shield size={15} />}
        onClick={() => void machine('ask-delay', { type: 'censor', on: !covered })}
      >
        {covered ? words.uncover : words.cover}
      </Button>
      <TwiceAsked
        key={String(running)}
        words={running ? words.end : words.start}
        question={running ? words.endQuestion : words.startQuestion}
        yes={running ? words.endYes : words.startYes}
        run={() => void machine('ask-delay', { type: 'stream', running: !running })}
      />
    </>
  );
}

/** What cannot be taken back is asked twice. */
function TwiceAsked(props: {
  readonly words: string;
  readonly question: string;
  readonly yes: string;
  readonly run: () => void;
}) {
  const [asked, setAsked] = useState(false);
  if (!asked)
    return (
      <Button tone="quiet" onClick={() => setAsked(true)}>
        {props.words}
      </Button>
    );
  return (
    <div role="group" aria-label={props.question} className={styles.question}>
      <p>{props.question}</p>
      <div className={styles.answers}>
        <Button
          onClick={() => {
            setAsked(false);
            props.run();
          }}
        >
          {props.yes}
        </Button>
        <Button tone="quiet" autoFocus onClick={() => setAsked(false)}>
          {words.no}
        </Button>
      </div>
    </div>
  );
}
