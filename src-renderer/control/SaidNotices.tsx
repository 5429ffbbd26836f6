import { useEffect, useState } from 'react';
import { useActions, useScreen } from '../stores/control-context.tsx';
import type { Said } from '../stores/screen-store.ts';
import { Button } from '../ui/Button.tsx';
import { QuietNotice } from '../ui/QuietNotice.tsx';
import { focusStage } from './focus-places.ts';
import { messages } from './messages.ts';
import styles from './SaidNotices.module.css';

const INFO_MS = 6_000;
const WARNING_MS = 12_000;

/** What this person's last steps did, above the sound. Sentences leave by themselves, but never from under the pointer. */
export function SaidNotices() {
  const said = useScreen((screen) => screen.said);
  const [held, setHeld] = useState(false);
  return (
    <div
      role="status"
      aria-label={messages.said}
      className={styles.said}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
    >
      {said.map((one) => (
        <SaidNotice key={one.id} said={one} held={held} />
      ))}
    </div>
  );
}

function SaidNotice({ said, held }: { readonly said: Said; readonly held: boolean }) {
  const { undo, unsay } = useActions();
  useEffect(() => {
    if (held) return undefined;
    const timer = window.setTimeout(() => unsay(said.id), said.tone === 'warning' ? WARNING_MS : INFO_MS);
    return () => window.clearTimeout(timer);
  }, [said, held, unsay]);
  const dismiss = () => {
    unsay(said.id);
    // The button that was pressed has gone, and the keyboard must be somewhere.
    focusStage();
  };
  const takeBack = () => {
    dismiss();
    void undo();
  };
  return (
    <QuietNotice
      floating
      tone={said.tone}
      words={said.words}
      dismissWords={messages.dismiss}
      onDismiss={dismiss}
      action={said.undoable && <Button onClick={takeBack}>{messages.undo}</Button>}
    />
  );
}
