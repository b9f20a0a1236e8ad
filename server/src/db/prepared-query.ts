import { openDb, type Connection, type Db } from './connection.ts';

/**
 * A query of drizzle's builder, put into SQL once and not at every call: building costs about as much as the whole
 * tenant door. For what every request asks; the rest may be built where it stands.
 */
export interface PreparedQuery<T> {
  runOn: (connection: Connection, values: Readonly<Record<string, unknown>>) => Promise<T>;
}

interface Planned<T> {
  execute: (values: Record<string, unknown>) => Promise<T>;
}

const planner = openDb({
  unsafe: () => {
    throw new Error('a prepared query was run without a transaction');
  },
});

/** Values that change from call to call are written as `sql.placeholder('name')`. */
export const prepareQuery = <T>(build: (db: Db) => { prepare: (name: string) => Planned<T> }): PreparedQuery<T> => {
  const planned = build(planner).prepare('planned');
  return {
    // drizzle keeps the client in the planned query; ours differs from transaction to transaction.
    runOn: (connection, values) => {
      const bound: unknown = Object.create(planned, { client: { value: connection } });
      return (bound as Planned<T>).execute(encode(values));
    },
  };
};

/** A placeholder stands for no column, so drizzle does not know how its value is written; only dates need to be told. */
const encode = (values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value instanceof Date ? value.toISOString() : value]));
