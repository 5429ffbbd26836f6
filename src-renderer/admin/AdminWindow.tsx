import { useCallback, useEffect, useMemo, useState } from 'react';
import { createAccountDoor, type AccountDoor } from '../bridge-web/account-door.ts';
import { MessageScreen } from '../control/MessageScreen.tsx';
import { Button } from '../ui/Button.tsx';
import { SignIn } from '../web/SignIn.tsx';
import styles from './Admin.module.css';
import { createAdminApi } from './admin-api.ts';
import { Me } from './admin-shapes.ts';
import { AdminShell, type Person } from './AdminShell.tsx';
import { messages } from './messages.ts';
import { patientFetch } from './patient-fetch.ts';

type Phase =
  | { readonly kind: 'opening' }
  | { readonly kind: 'sign-in' }
  | { readonly kind: 'failed'; readonly words: string }
  /** `isOut`: the session has ended. What they were about waits behind the sign-in. */
  | { readonly kind: 'in'; readonly person: Person; readonly isOut: boolean };

/** The administration: for whoever is signed in at the server that the page came from. */
export function AdminWindow({ version }: { readonly version: string }) {
  const [phase, setPhase] = useState<Phase>({ kind: 'opening' });
  const account = useMemo<AccountDoor>(() => createAccountDoor(patientFetch(window.fetch.bind(window))), []);
  const api = useMemo(
    () =>
      createAdminApi(account, () =>
        setPhase((phase) => (phase.kind === 'in' ? { ...phase, isOut: true } : phase)),
      ),
    [account],
  );
  const enter = useCallback(async () => {
    const me = await api.read('me', Me);
    if (!me.ok)
      return setPhase((phase) => (phase.kind === 'in' ? phase : { kind: 'failed', words: me.error }));
    const { id, name, roleDetail } = me.value.user;
    setPhase({ kind: 'in', person: { id, name, role: roleDetail }, isOut: false });
  }, [api]);
  const open = useCallback(async () => {
    const standing = await account.standing();
    if (standing.type === 'in') await enter();
    else if (standing.type === 'out') setPhase({ kind: 'sign-in' });
    else setPhase({ kind: 'failed', words: messages.away });
  }, [account, enter]);
  useEffect(() => void open(), [open]);
  const leave = async () => {
    await account.logOut();
    setPhase({ kind: 'sign-in' });
  };

  const signIn = (
    <SignIn account={account} mayWorkOffline={false} onIn={() => void enter()} onOffline={() => undefined} />
  );
  switch (phase.kind) {
    case 'opening':
      return <main aria-busy="true" aria-label={messages.loading} />;
    case 'sign-in':
      return signIn;
    case 'failed':
      return (
        <MessageScreen title={messages.title} words={phase.words}>
          <Button tone="loud" onClick={() => void open()}>
            {messages.again}
          </Button>
        </MessageScreen>
      );
    case 'in':
      return (
        <>
          {phase.isOut && signIn}
          <div hidden={phase.isOut} className={styles.whole}>
            <AdminShell
              key={phase.person.id}
              account={account}
              api={api}
              person={phase.person}
              version={version}
              onLeave={() => void leave()}
            />
          </div>
        </>
      );
  }
}
