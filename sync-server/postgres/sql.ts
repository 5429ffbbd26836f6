/** The little of a Postgres that the server's stores need; served by `pg` or by PGlite. */
export type Sql = {
  /**
   * Runs one statement; each call is a transaction of its own.
   * @param name of a statement that is run often, always with the same text: it is prepared once a connection
   * @throws {LogUnavailable} when the database does not answer
   */
  query<Row extends Record<string, unknown>>(
    text: string,
    values?: readonly SqlValue[],
    name?: string,
  ): Promise<readonly Row[]>;
  /**
   * Lets `decide` see which migrations are applied and name those to run, and runs them, all in one transaction and under
   * a lock that one program at a time can hold.
   */
  migrate(decide: (applied: ReadonlySet<string>) => Promise<readonly Migration[]>): Promise<void>;
};

export type SqlValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | Uint8Array
  | readonly number[]
  | readonly string[]
  | readonly boolean[];

/** A step of the tables' history: a file of SQL statements. */
export type Migration = { readonly name: string; readonly text: string };
