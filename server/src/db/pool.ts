import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';

/**
 * Connections that can say that they are gone. A pool of postgres.js reconnects under the same handle, and a statement
 * sent late would then run inside whoever's transaction holds it next. So each of our connections is a client of its
 * own with one connection in it: what it closes is known, and statements leave in the order in which they were given.
 */
export interface Lease {
  sql: postgres.Sql;
  /** Called when the connection closes before the lease is given back. */
  onLost: (listen: () => void) => void;
  release: () => void;
}

export interface Pool {
  /** Waits for its turn when all connections are taken; first come, first served. */
  lease: () => Promise<Lease>;
  close: () => Promise<void>;
}

interface PoolOptions {
  url: string;
  size: number;
  name: string;
}

interface Connection {
  sql: postgres.Sql;
  lost: (() => void) | undefined;
}

const CLOSE_TIMEOUT_S = 5;

export const openPool = (options: PoolOptions): Pool => {
  const connections: Connection[] = [];
  const idle: Connection[] = [];
  const waiting: ((connection: Connection) => void)[] = [];

  const take = (): Connection | Promise<Connection> => {
    const free = idle.pop();
    if (free !== undefined) return free;
    if (connections.length < options.size) {
      const opened = openConnection(options);
      connections.push(opened);
      return opened;
    }
    return new Promise((resolve) => waiting.push(resolve));
  };

  const giveBack = (connection: Connection): void => {
    connection.lost = undefined;
    const next = waiting.shift();
    if (next === undefined) idle.push(connection);
    else next(connection);
  };

  return {
    lease: async () => {
      const connection = await take();
      return {
        sql: connection.sql,
        onLost: (listen) => {
          connection.lost = listen;
        },
        release: () => giveBack(connection),
      };
    },
    close: async () => {
      await Promise.all(connections.map((connection) => connection.sql.end({ timeout: CLOSE_TIMEOUT_S })));
    },
  };
};

const openConnection = ({ url, name }: PoolOptions): Connection => {
  const sql = postgres(url, {
    max: 1,
    connect_timeout: 10,
    // Closing by age would end a transaction that happens to run just then.
    max_lifetime: null,
    // Nothing more: PgBouncer refuses a connection that brings a setting it does not know. Timeouts are the role's.
    connection: { application_name: name },
    onnotice: () => undefined,
    onclose: () => connection.lost?.(),
  });
  // Only for what it does to the client: drizzle's columns read and write dates and JSON themselves.
  drizzle(sql);
  const connection: Connection = { sql, lost: undefined };
  return connection;
};
