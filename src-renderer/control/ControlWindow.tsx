import { useCallback, useEffect, useState } from 'react';
import type { ControlBridge } from '../bridge.ts';
import { ControlProvider, type Control } from '../stores/control-context.tsx';
import { Button } from '../ui/Button.tsx';
import { ControlRoom } from './ControlRoom.tsx';
import { messages } from './messages.ts';
import { MessageScreen } from './MessageScreen.tsx';
import { openControl } from './open-control.ts';

type Phase =
  | { readonly kind: 'opening' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'open'; readonly control: Control };

/** Opens the bridge, and shows the control room as soon as there is something to show. */
export function ControlWindow({ bridge }: { readonly bridge: ControlBridge }) {
  const [phase, setPhase] = useState<Phase>({ kind: 'opening' });
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    let left = false;
    let close = () => undefined as void;
    openControl(bridge).then(
      (opened) => {
        if (left) return opened.close();
        close = opened.close;
        setPhase({ kind: 'open', control: opened.control });
      },
      () => !left && setPhase({ kind: 'failed' }),
    );
    return () => {
      left = true;
      close();
    };
  }, [bridge, attempt]);

  const tryAgain = useCallback(() => {
    setPhase({ kind: 'opening' });
    setAttempt((count) => count + 1);
  }, []);

  switch (phase.kind) {
    case 'opening':
      // On a desk this takes some milliseconds: a sentence would only flicker.
      return <main aria-label={messages.opening} aria-busy="true" />;
    case 'failed':
      return (
        <MessageScreen {...messages.openFailed}>
          <Button tone="loud" onClick={tryAgain}>
            {messages.openFailed.again}
          </Button>
        </MessageScreen>
      );
    case 'open':
      return (
        <ControlProvider value={phase.control}>
          <ControlRoom />
        </ControlProvider>
      );
  }
}
