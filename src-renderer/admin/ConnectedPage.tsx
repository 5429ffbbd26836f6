import { agoWords } from '../words/time-words.ts';
import styles from './Admin.module.css';
import { Connections } from './admin-shapes.ts';
import { ArmedButton } from './ArmedButton.tsx';
import { messages } from './messages.ts';
import { Shown } from './Shown.tsx';
import { Table } from './Table.tsx';
import { useAct, useAdmin, useAsked } from './use-asked.ts';

const words = messages.connected;
const EVERY_MS = 3_000;

/** Who is connected now: people, walls and bots. */
export function ConnectedPage() {
  const asked = useAsked('admin/connections', Connections, EVERY_MS);
  const { api } = useAdmin();
  const act = useAct();
  const disconnect = async (id: string, who: string) => {
    await act(api.send('DELETE', `admin/connections/${id}`), words.gone(who));
    asked.reload();
  };
  return (
    <Shown asked={asked}>
      {({ connections, may_lack_instances: mayLack }) => (
        <div className={styles.page}>
          {mayLack && <p className={styles.problem}>{messages.overview.mayLack}</p>}
          <Table
            label={messages.pages.connected}
            heads={words.heads}
            none={words.none}
            rows={connections.map(({ id, name, actor, role, document, wall, address, agent, since }) => ({
              key: id,
              cells: [
                name ?? actor,
                messages.roleNames[role],
                wall ? `${document} (${words.wall})` : document,
                <span key="c" className={styles.mono}>
                  {address}
                </span>,
                <span key="b" className={styles.quiet}>
                  {agent.slice(0, 60)}
                </span>,
                agoWords(Date.parse(since), Date.now()),
                <ArmedButton
                  key="a"
                  words={words.disconnect}
                  what={`${name ?? actor}, ${document}`}
                  onPress={() => void disconnect(id, name ?? actor)}
                />,
              ],
            }))}
          />
        </div>
      )}
    </Shown>
  );
}
