import { Radio, Shield, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { mayDelay, type HeardDelay } from '#shared/protocol/delay-state.ts';
import { useActions, useControl, useMirror, useNow, useScreen } from '../stores/control-context.tsx';
import { Button } from '../ui/Button.tsx';
import { classNames } from '../ui/class-names.ts';
import { Popover } from '../ui/Popover.tsx';
import { delayLines, type DelayLine } from './delay-lines.ts';
import { delayWords, elapsed } from './delay-words.ts';
import styles from './DelayLight.module.css';
import { messages } from './messages.ts';

const words = messages.delay;

/** The broadcasts behind Streamdelay servers: whether each runs, how far behind, whether it is covered. */
export function DelayLights() {
  const delay = useMirror((mirror) => mirror.delay);
  const farDelays = useMirror((mirror) => mirror.farDelays);
  return delayLines({ delay, farDelays }).map((line) => <DelayLight key={line.at} line={line} />);
}

function DelayLight({ line }: { readonly line: DelayLine }) {
  const { screen } = useControl();
  const { at, machine, heard } = line;
  const open = useScreen((state) => state.over?.kind === 'delay' && state.over.at === at);
  const now = useNow(heard.type === 'known' && heard.startedAtMs !== null ? 1000 : null);
  const shown = delayWords(heard);
  const clock = heard.type === 'known' ? elapsed(heard.startedAtMs, now) : '';
  const whose = machine === '' ? words.ofAnother : words.ofMachine(machine);
  return (
    <Popover
      open={open}
      onOpenChange={(next) => screen.setState({ over: next ? { kind: 'delay', at } : null })}
      label={words.title}
      align="end"
      trigger={
        <button
          type="button"
          className={classNames(styles.light, styles[shown.tone])}
          data-delay={heard.type === 'known' ? heard.censor : 'unknown'}
          title={at === 'here' ? shown.more : `${shown.more} ${whose}`}
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
        {at !== 'here' && <p className={styles.more}>{whose}</p>}
        {heard.type === 'known' && <DelayButtons at={at} heard={heard} />}
      </div>
    </Popover>
  );
}

function Shape({ tone }: Pick<ReturnType<typeof delayWords>, 'tone'>) {
  if (tone === 'covered') return <Shield size={14} />;
  return tone === 'unknown' ? <TriangleAlert size={14} /> : <Radio size={14} />;
}

function DelayButtons({
  at,
  heard,
}: Pick<DelayLine, 'at'> & { readonly heard: HeardDelay & { readonly type: 'known' } }) {
  const { delay } = useActions();
  const team = useMirror((mirror) => mirror.team);
  const role = team?.type === 'member' ? (team.sync.account?.role ?? 'viewer') : 'admin';
  const covered = heard.censor === 'on';
  const running = heard.stream !== 'stopped';
  return (
    <>
      {mayDelay(role, 'censor') && (
        <Button
          tone={covered ? 'plain' : 'hidden'}
          icon={<Shield size={15} />}
          onClick={() => void delay(at, { type: 'censor', on: !covered })}
        >
          {covered ? words.uncover : words.cover}
        </Button>
      )}
      {mayDelay(role, 'stream') && (
        <TwiceAsked
          key={String(running)}
          words={running ? words.end : words.start}
          question={running ? words.endQuestion : words.startQuestion}
          yes={running ? words.endYes : words.startYes}
          run={() => void delay(at, { type: 'stream', running: !running })}
        />
      )}
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
