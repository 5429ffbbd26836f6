import { Eye, EyeOff, Shield, Volume2, VolumeX } from 'lucide-react';
import type { TileView } from '#shared/document/view.ts';
import { useActionKeys } from '../control/use-action-keys.ts';
import { useActions, useControl, useMirror } from '../stores/control-context.tsx';
import { Button } from '../ui/Button.tsx';
import { Tooltip } from '../ui/Tooltip.tsx';
import styles from './AudioStrip.module.css';
import { Channel } from './Channel.tsx';
import { messages } from './messages.ts';
import { muteAll, soloOf } from './solo.ts';

/** What the room hears, and the two buttons that must never be looked for. */
export function AudioStrip() {
  const wall = useMirror((mirror) => mirror.wall);
  const heard = wall.tiles.find((tile) => tile.heard);
  const background = wall.tiles.filter((tile) => tile.background && !tile.heard);
  const solo = useMirror((mirror) => {
    const now = soloOf(mirror);
    return now.type === 'here' ? now.tile : null;
  });
  const alone = wall.tiles.find(
    ({ id, heard: isHeard, background: isBehind }) => id === solo && !isHeard && !isBehind,
  );
  return (
    <section className={styles.strip} aria-label={messages.strip}>
      <div className={styles.channels}>
        {heard === undefined ? <Silence /> : <Channel key={heard.id} tile={heard} />}
        {background.length > 0 && (
          <>
            <span className={styles.line} />
            <span className={styles.title}>{messages.background}</span>
            {background.map((tile) => (
              <Channel key={tile.id} tile={tile} />
            ))}
          </>
        )}
        {alone !== undefined && (
          <>
            <span className={styles.line} />
            <span className={styles.title}>{messages.soloTitle}</span>
            <Channel key={alone.id} tile={alone} />
          </>
        )}
      </div>
      <Panic tiles={wall.tiles} audible={heard !== undefined || background.length > 0} />
    </section>
  );
}

function Silence() {
  return (
    <p className={styles.silence}>
      <VolumeX size={16} />
      {messages.nothingHeard} <span className={styles.hint}>{messages.nothingHeardHint}</span>
    </p>
  );
}

function Panic({ tiles, audible }: { readonly tiles: readonly TileView[]; readonly audible: boolean }) {
  const control = useControl();
  const { wall } = control.actions;
  const blurred = tiles.filter((tile) => tile.blurred).length;
  return (
    <div className={styles.panic}>
      {blurred > 0 && (
        <Button
          tone="hidden"
          icon={<Eye size={15} />}
          title={messages.blurredCount(blurred)}
          onClick={() => void wall({ type: 'blur-all', on: false })}
        >
          {messages.unblurAll}
        </Button>
      )}
      <CensorButton />
      <Tooltip words={messages.muteAll} keys={useActionKeys('mute-all')} side="top">
        <Button
          icon={audible ? <Volume2 size={15} /> : <VolumeX size={15} />}
          onClick={() => muteAll(control)}
        >
          {messages.muteAll}
        </Button>
      </Tooltip>
      <Tooltip words={messages.blurAll} keys={useActionKeys('blur-all')} side="top">
        <Button icon={<EyeOff size={15} />} onClick={() => void wall({ type: 'blur-all', on: true })}>
          {messages.blurAll}
        </Button>
      </Tooltip>
    </div>
  );
}

/** Covers everything that the wall shows, in one step; the way back is beside it. */
function CensorButton() {
  const { wall } = useActions();
  const censored = useMirror((mirror) => mirror.wall.censored);
  const words = censored ? messages.uncensor : messages.censor;
  return (
    <Tooltip words={words} keys={useActionKeys(censored ? 'uncensor' : 'censor')} side="top">
      <Button
        tone={censored ? 'hidden' : 'plain'}
        icon={<Shield size={15} />}
        aria-pressed={censored}
        onClick={() => void wall({ type: 'censor', on: !censored })}
      >
        {words}
      </Button>
    </Tooltip>
  );
}
