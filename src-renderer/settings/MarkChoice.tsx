import { WallMarks, type WallOutputView } from '#shared/protocol/wall-output.ts';
import { useActions } from '../stores/control-context.tsx';
import { Switch } from '../ui/Switch.tsx';
import { messages } from './messages.ts';
import styles from './Page.module.css';

const words = messages.screens;
const MARKS = WallMarks.keyof().options;

/** What is drawn over the tiles of a wall on this machine; nothing is that cannot be switched off. */
export function MarkChoice({ output }: { readonly output: WallOutputView }) {
  const { machine } = useActions();
  const { wall, marks } = output;
  return (
    <div role="group" aria-label={words.marks}>
      <p>{words.marks}</p>
      <div className={styles.form}>
        {MARKS.map((mark) => (
          <Switch
            key={mark}
            words={words.markNames[mark]}
            on={marks[mark]}
            onChange={(on) => void machine('set-wall-marks', { wall, marks: { ...marks, [mark]: on } })}
          />
        ))}
      </div>
      <p className={styles.quiet}>{words.marksHint}</p>
    </div>
  );
}
