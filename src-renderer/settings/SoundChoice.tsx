import { useEffect, useState } from 'react';
import type { WallOutputView, WallSound } from '#shared/protocol/wall-output.ts';
import { useActions } from '../stores/control-context.tsx';
import { Labelled } from '../ui/Labelled.tsx';
import { Select } from '../ui/Select.tsx';
import { Switch } from '../ui/Switch.tsx';
import { messages } from './messages.ts';
import styles from './Page.module.css';

const words = messages.screens;

/** On which of the machine's sound outputs a wall is heard, and whether it is levelled. */
export function SoundChoice({ output }: { readonly output: WallOutputView }) {
  const { machine } = useActions();
  const names = useSoundOutputs();
  const { wall, sound } = output;
  const set = (change: Partial<WallSound>) =>
    void machine('set-wall-sound', { wall, sound: { ...sound, ...change } });
  return (
    <>
      <div className={styles.form}>
        <Labelled words={words.sound}>
          <Select
            label={words.sound}
            value={sound.output ?? ''}
            options={optionsOf(words.usualSound, names, sound.output)}
            onChange={(name) => set({ output: name === '' ? null : name })}
          />
        </Labelled>
        <Labelled words={words.headphones}>
          <Select
            label={words.headphones}
            value={sound.headphones ?? ''}
            options={optionsOf(words.wallsSound, names, sound.headphones)}
            onChange={(name) => set({ headphones: name === '' ? null : name })}
          />
        </Labelled>
        <Switch words={words.levelled} on={sound.levelled} onChange={(levelled) => set({ levelled })} />
      </div>
      {output.isSoundAway && <p className={styles.quiet}>{words.soundAway}</p>}
      <p className={styles.quiet}>{words.soundHint}</p>
    </>
  );
}

/** The outputs that can be chosen, and the chosen one also while it is not there. */
function optionsOf(none: string, names: readonly string[], chosen: string | null) {
  const gone = chosen !== null && !names.includes(chosen) ? [chosen] : [];
  return [
    { value: '', words: none },
    ...names.map((name) => ({ value: name, words: name })),
    ...gone.map((name) => ({ value: name, words: words.goneSound(name) })),
  ];
}

/** The names of this machine's sound outputs, as they come and go. */
function useSoundOutputs(): readonly string[] {
  const [names, setNames] = useState<readonly string[]>([]);
  useEffect(() => {
    let isGone = false;
    const read = () => {
      void navigator.mediaDevices.enumerateDevices().then(
        (all) => {
          if (!isGone) setNames(namesOf(all));
        },
        () => undefined,
      );
    };
    read();
    navigator.mediaDevices.addEventListener('devicechange', read);
    return () => {
      isGone = true;
      navigator.mediaDevices.removeEventListener('devicechange', read);
    };
  }, []);
  return names;
}

/** The system's own choices are left out: they are the usual one. */
function namesOf(devices: readonly MediaDeviceInfo[]): readonly string[] {
  const named = devices.filter(
    ({ kind, label, deviceId }) =>
      kind === 'audiooutput' && label !== '' && deviceId !== 'default' && deviceId !== 'communications',
  );
  return [...new Set(named.map(({ label }) => label.slice(0, 200)))];
}
