import { useEffect, useMemo, useRef, useState } from 'react';
import type { Role } from '#shared/model/role.ts';
import type { AccountDoor } from '../bridge-web/account-door.ts';
import { createIndexeddbValues } from '../bridge-web/indexeddb-values.ts';
import { Button } from '../ui/Button.tsx';
import styles from './Admin.module.css';
import type { AdminApi } from './admin-api.ts';
import { pageAt, pagesFor, type PageName } from './admin-pages.ts';
import { AuditPage } from './AuditPage.tsx';
import { CataloguePage } from './CataloguePage.tsx';
import { ConnectedPage } from './ConnectedPage.tsx';
import { DocumentsPage } from './DocumentsPage.tsx';
import { FlagsPage } from './FlagsPage.tsx';
import { KeysPage } from './KeysPage.tsx';
import { createImportKeeper } from './import-keeper.ts';
import { ImportRun } from './import-run.ts';
import { messages } from './messages.ts';
import { OverviewPage } from './OverviewPage.tsx';
import { RolesPage } from './RolesPage.tsx';
import { TransferPage } from './TransferPage.tsx';
import { AdminProvider } from './use-asked.ts';
import { UsersPage } from './UsersPage.tsx';

export type Person = { readonly id: number; readonly name: string; readonly role: Role };
type Props = {
  readonly account: AccountDoor;
  readonly api: AdminApi;
  readonly person: Person;
  readonly version: string;
  readonly onLeave: () => void;
};

const SAID_MS = 8_000;
const IMPORTS = 'streamwall-imports';

/** The pages that somebody may use, and the one that the address names. */
export function AdminShell({ account, api, person, version, onLeave }: Props) {
  const { role } = person;
  const page = usePage(role);
  const { said, say } = useSaying();
  const imports = useImports(api, person.id, say);
  const admin = useMemo(() => ({ api, say, imports }), [api, say, imports]);
  const mainRef = useRef<HTMLElement>(null);
  return (
    <AdminProvider value={admin}>
      <div className={styles.window}>
        <header className={styles.head}>
          <p className={styles.title}>{messages.title}</p>
          <span>{messages.you(person.name, role)}</span>
          <a href="/">{messages.room}</a>
          <Button tone="quiet" onClick={onLeave}>
            {messages.signOut}
          </Button>
        </header>
        <nav className={styles.nav} aria-label={messages.nav}>
          {pagesFor(role).map((one) => (
            <a
              key={one}
              href={`#${one}`}
              ref={one === page ? showLink : undefined}
              aria-current={one === page ? 'page' : undefined}
              onClick={() => mainRef.current?.focus()}
            >
              {messages.pages[one]}
            </a>
          ))}
        </nav>
        <main ref={mainRef} className={styles.main} data-page={page} tabIndex={-1}>
          <h1 className={styles.heading}>{messages.pages[page]}</h1>
          {page === 'catalogue' ? (
            <CataloguePage account={account} version={version} />
          ) : (
            <Page page={page} />
          )}
        </main>
        <div role="status" className={styles.said}>
          {said}
        </div>
      </div>
    </AdminProvider>
  );
}

/** On a phone the names of the pages are a line that scrolls; the one that is open is always in sight. */
const showLink = (link: HTMLElement | null): void =>
  link?.scrollIntoView({ block: 'nearest', inline: 'nearest' });

function Page({ page }: { readonly page: Exclude<PageName, 'catalogue'> }) {
  switch (page) {
    case 'overview':
      return <OverviewPage />;
    case 'connected':
      return <ConnectedPage />;
    case 'users':
      return <UsersPage />;
    case 'keys':
      return <KeysPage />;
    case 'roles':
      return <RolesPage />;
    case 'flags':
      return <FlagsPage />;
    case 'audit':
      return <AuditPage />;
    case 'documents':
      return <DocumentsPage />;
    case 'transfer':
      return <TransferPage />;
  }
}

function usePage(role: Role): PageName {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const follow = () => setHash(location.hash);
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  return pageAt(hash, role);
}

/** The import of whoever is signed in, whichever page they look at. */
function useImports(api: AdminApi, person: number, say: (words: string) => void): ImportRun {
  const imports = useMemo(
    () => new ImportRun(api, createImportKeeper(createIndexeddbValues(IMPORTS), person)),
    [api, person],
  );
  useEffect(() => {
    void imports.load();
    let wasRunning = false;
    return imports.subscribe(() => {
      const state = imports.now();
      if (wasRunning && state?.isRunning === false)
        say(state.problem ?? messages.transfer.result(state.added, state.known, state.refused));
      wasRunning = state?.isRunning === true;
    });
  }, [imports, say]);
  return imports;
}

/** A line that says what came of the last thing that was done, for a while. */
function useSaying() {
  const [said, setSaid] = useState('');
  const say = useMemo(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    return (words: string): void => {
      clearTimeout(timer);
      setSaid(words);
      timer = setTimeout(() => setSaid(''), SAID_MS);
    };
  }, []);
  return { said, say };
}
