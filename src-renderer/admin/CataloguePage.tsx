import { Tabs } from 'radix-ui';
import { useEffect, useState } from 'react';
import { ImportDialog } from '../add-streams/ImportDialog.tsx';
import { LinksDialog } from '../add-streams/LinksDialog.tsx';
import type { AccountDoor } from '../bridge-web/account-door.ts';
import { openHere, type Phase } from '../bridge-web/open-here.ts';
import { openControl } from '../control/open-control.ts';
import { SaidNotices } from '../control/SaidNotices.tsx';
import { EventsPage } from '../settings/EventsPage.tsx';
import { IgnoredPage } from '../settings/IgnoredPage.tsx';
import { PeoplePage } from '../settings/PeoplePage.tsx';
import { PlacesPage } from '../settings/PlacesPage.tsx';
import { ControlProvider, type Control } from '../stores/control-context.tsx';
import { StreamFormDialog } from '../stream-table/StreamForm.tsx';
import { StreamPanel } from '../stream-table/StreamPanel.tsx';
import { Button } from '../ui/Button.tsx';
import styles from './CataloguePage.module.css';
import { messages } from './messages.ts';

const words = messages.catalogue;
/** Another copy than the control room's, which may be open beside it. */
const DATABASE = 'streamwall-admin';
const TABS = ['streams', 'streamers', 'places', 'events', 'ignored'] as const;

/** The list itself, with all that the control room can do with it. */
export function CataloguePage({
  account,
  version,
}: {
  readonly account: AccountDoor;
  readonly version: string;
}) {
  const [phase, setPhase] = useState<Phase>({ kind: 'opening' });
  const [attempt, setAttempt] = useState(0);
  const [control, setControl] = useState<Control>();
  useEffect(() => {
    const here = { database: DATABASE, take: attempt > 0, version, account, server: location.origin };
    const opening = openHere({ ...here, show: setPhase });
    return () => void opening.then((close) => close());
  }, [account, version, attempt]);
  const bridge = phase.kind === 'open' ? phase.bridge : undefined;
  useEffect(() => {
    if (bridge === undefined) return undefined;
    const opening = openControl(bridge);
    void opening.then((opened) => {
      opened.control.screen.setState({ wide: true });
      setControl(opened.control);
    });
    return () => void opening.then(({ close }) => close());
  }, [bridge]);
  if (phase.kind === 'elsewhere' || phase.kind === 'taken-over')
    return (
      <p>
        {words.elsewhere} <Button onClick={() => setAttempt(attempt + 1)}>{words.here}</Button>
      </p>
    );
  if (phase.kind === 'failed') return <p role="alert">{phase.words}</p>;
  if (control === undefined || bridge === undefined) return <p aria-busy="true">{words.opening}</p>;
  return (
    <ControlProvider value={control}>
      <CatalogueTabs />
      <SaidNotices />
      <LinksDialog />
      <ImportDialog />
      <StreamFormDialog />
    </ControlProvider>
  );
}

function CatalogueTabs() {
  return (
    <Tabs.Root className={styles.tabs} defaultValue="streams">
      <Tabs.List className={styles.list} aria-label={words.parts}>
        {TABS.map((tab) => (
          <Tabs.Trigger key={tab} value={tab} className={styles.tab}>
            {words.tabs[tab]}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      <Tabs.Content value="streams" className={styles.streams} tabIndex={-1}>
        <StreamPanel />
      </Tabs.Content>
      <Tabs.Content value="streamers" className={styles.content} tabIndex={-1}>
        <PeoplePage />
      </Tabs.Content>
      <Tabs.Content value="places" className={styles.content} tabIndex={-1}>
        <PlacesPage />
      </Tabs.Content>
      <Tabs.Content value="events" className={styles.content} tabIndex={-1}>
        <EventsPage />
      </Tabs.Content>
      <Tabs.Content value="ignored" className={styles.content} tabIndex={-1}>
        <IgnoredPage />
      </Tabs.Content>
    </Tabs.Root>
  );
}
