import postgres from 'postgres';

/**
 * A pool that can tell a transaction that its connection is gone. postgres.js reconnects a connection object under
 * the same handle: a statement sent late would then run inside whoever's transaction holds it next. So each BEGIN
 * carries a number, `debug` tells on which connection it went out, and `onclose` declares that transaction lost.
 */
export interface Pool {
  reserve: () => Promise<postgres.ReservedSql>;
  /** Registers a BEGIN before it is sent; `onLost` is called when its connection closes before `forget`. */
  watch: (statement: string, onLost: () => void) => { forget: () => void };
  options: postgres.Sql['options'];
  close: () => Promise<void>;
}

interface PoolOptions {
  url: string;
  size: number;
  name: string;
}

export const openPool = ({ url, size, name }: PoolOptions): Pool => {
  const announced = new Map<string, (connection: number) => void>();
  const running = new Map<number, () => void>();

  const sql = postgres(url, {
    max: size,
    // Not switched off: postgres.js 3.4.9 then never hands out the first reserved connection.
    fetch_types: true,
    connect_timeout: 10,
    connection: { application_name: name },
    onnotice: () => undefined,
    debug: (connection, statement) => {
      const begun = announced.get(statement);
      if (begun === undefined) return;
      announced.delete(statement);
      begun(connection);
    },
    onclose: (connection) => {
      const lost = running.get(connection);
      running.delete(connection);
      lost?.();
    },
  });

  const watch = (statement: string, onLost: () => void): { forget: () => void } => {
    let mine: number | undefined;
    announced.set(statement, (connection) => {
      mine = connection;
      running.set(connection, onLost);
    });
    return {
      forget: () => {
        announced.delete(statement);
        if (mine !== undefined && running.get(mine) === onLost) running.delete(mine);
      },
    };
  };

  return { reserve: () => sql.reserve(), watch, options: sql.options, close: () => sql.end({ timeout: 5 }) };
};
