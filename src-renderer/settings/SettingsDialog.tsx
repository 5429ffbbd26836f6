import { Tabs } from 'radix-ui';
import type { ReactNode } from 'react';
import { useControl, useScreen } from '../stores/control-context.tsx';
import type { SettingsPage } from '../stores/screen-store.ts';
import { RulesPage } from '../rules/RulesPage.tsx';
import { StatusPage } from '../status/StatusPage.tsx';
import { SourcesPage } from '../sources/SourcesPage.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { AboutPage } from './AboutPage.tsx';
import { DelayPage } from './DelayPage.tsx';
import { EventsPage } from './EventsPage.tsx';
import { IgnoredPage } from './IgnoredPage.tsx';
import { KeysPage } from './KeysPage.tsx';
import { LooksPage } from './LooksPage.tsx';
import { messages } from './messages.ts';
import { PeoplePage } from './PeoplePage.tsx';
import { PlacesPage } from './PlacesPage.tsx';
import styles from './SettingsDialog.module.css';
import { ScreensPage } from './ScreensPage.tsx';
import { SitesPage } from './SitesPage.tsx';
import { TeamPage } from './TeamPage.tsx';
import { WallPage } from './WallPage.tsx';
import { WallsPage } from './WallsPage.tsx';

/** Which page is whose: what only this machine keeps, what belongs to the wall, what the whole team shares. */
const groups: readonly Readonly<{ name: keyof typeof messages.groups; pages: readonly SettingsPage[] }>[] = [
  { name: 'machine', pages: ['machine', 'screens', 'sites', 'status', 'delay', 'sources', 'keys', 'about'] },
  { name: 'wall', pages: ['wall', 'rules'] },
  { name: 'team', pages: ['team', 'walls', 'people', 'places', 'events', 'ignored'] },
];

const pages: Readonly<Record<SettingsPage, () => ReactNode>> = {
  machine: LooksPage,
  screens: ScreensPage,
  status: StatusPage,
  rules: RulesPage,
  delay: DelayPage,
  sites: SitesPage,
  sources: SourcesPage,
  keys: KeysPage,
  about: AboutPage,
  wall: WallPage,
  team: TeamPage,
  walls: WallsPage,
  people: PeoplePage,
  places: PlacesPage,
  events: EventsPage,
  ignored: IgnoredPage,
};

export function SettingsDialog() {
  const { screen } = useControl();
  const page = useScreen((state) => (state.over?.kind === 'settings' ? state.over.page : null));
  if (page === null) return null;
  const show = (value: string) => {
    const wanted = groups.flatMap((group) => group.pages).find((one) => one === value);
    if (wanted !== undefined) screen.setState({ over: { kind: 'settings', page: wanted } });
  };
  const Page = pages[page];
  return (
    <Dialog
      open
      title={messages.title}
      closeWords={messages.close}
      onClose={() => screen.setState({ over: null })}
    >
      <Tabs.Root className={styles.settings} orientation="vertical" value={page} onValueChange={show}>
        <Tabs.List className={styles.pages} aria-label={messages.title}>
          {groups.map((group) => (
            <div key={group.name} role="presentation" className={styles.group}>
              <span role="presentation" className={styles.groupName}>
                {messages.groups[group.name]}
              </span>
              {group.pages.map((one) => (
                <Tabs.Trigger key={one} value={one} className={styles.page}>
                  {messages.pages[one]}
                </Tabs.Trigger>
              ))}
            </div>
          ))}
        </Tabs.List>
        <Tabs.Content value={page} className={styles.content}>
          <Page />
        </Tabs.Content>
      </Tabs.Root>
    </Dialog>
  );
}
