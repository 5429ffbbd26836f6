import { useCallback, useEffect, useMemo, useState } from 'react';
import { createAccountDoor } from '../bridge-web/account-door.ts';
import { messages } from '../bridge-web/messages.ts';
import { ControlWindow } from '../control/ControlWindow.tsx';
import { MessageScreen } from '../control/MessageScreen.tsx';
import { Button } from '../ui/Button.tsx';
import { openHere, type Phase } from '../bridge-web/open-here.ts';
import { SignIn } from './SignIn.tsx';

const DATABASE = 'streamwall';

/** The control room in a browser: the replica in this tab, and the line to the server that the page came from. */
export function WebWindow({ version }: { readonly version: string }) {
  const [phase, setPhase] = useState<Phase>({ kind: 'opening' });
  const [attempt, setAttempt] = useState({ count: 0, take: false });
  const account = useMemo(() => createAccountDoor(window.fetch.bind(window)), []);

  useEffect(() => {
    const { take } = attempt;
    const server = location.origin;
    const opening = openHere({ database: DATABASE, take, version, account, server, show: setPhase });
    return () => void opening.then((close) => close());
  }, [attempt, version, account]);

  const goOn = useCallback(() => {
    setPhase({ kind: 'opening' });
    setAttempt(({ count }) => ({ count: count + 1, take: true }));
  }, []);

  switch (phase.kind) {
    case 'opening':
      return <main aria-busy="true" />;
    case 'meeting':
      return <MessageScreen title={messages.signIn.title} words={messages.signIn.meeting} />;
    case 'open':
      return <ControlWindow bridge={phase.bridge} />;
    case 'sign-in':
      return (
        <SignIn
          account={account}
          mayWorkOffline={phase.mayWorkOffline}
          onIn={phase.onIn}
          onOffline={phase.onOffline}
        />
      );
    case 'failed':
      return (
        <MessageScreen title={messages.cannotOpen.title} words={phase.words}>
          <Button tone="loud" onClick={goOn}>
            {messages.cannotOpen.again}
          </Button>
        </MessageScreen>
      );
    case 'elsewhere':
    case 'taken-over': {
      const said = phase.kind === 'elsewhere' ? messages.elsewhere : messages.takenOver;
      return (
        <MessageScreen title={said.title} words={said.words}>
          <Button tone="loud" onClick={goOn}>
            {said.here}
          </Button>
        </MessageScreen>
      );
    }
  }
}
