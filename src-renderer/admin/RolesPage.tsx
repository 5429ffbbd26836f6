import { Role } from '#shared/model/role.ts';
import styles from './Admin.module.css';
import { Roles } from './admin-shapes.ts';
import { messages } from './messages.ts';
import { Shown } from './Shown.tsx';
import { Table } from './Table.tsx';
import { useAsked } from './use-asked.ts';

const words = messages.roles;

/** Who may do what. */
export function RolesPage() {
  const asked = useAsked('roles', Roles);
  return (
    <Shown asked={asked}>
      {({ rows }) => (
        <div className={styles.page}>
          <p className={styles.quiet}>{words.intro}</p>
          <Table
            label={messages.pages.roles}
            heads={[words.what, ...Role.options.map((role) => messages.roleNames[role])]}
            none={messages.none}
            rows={rows.map(({ what, kind, may }) => ({
              key: `${kind} ${what}`,
              cells: [`${words.kinds[kind]} ${what}`, ...Role.options.map((role) => words.may[may[role]])],
            }))}
          />
        </div>
      )}
    </Shown>
  );
}
