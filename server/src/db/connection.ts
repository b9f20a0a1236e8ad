import { AppError } from '@waxos/contract/app-error';
import { PgDialect } from 'drizzle-orm/pg-core';
import { PostgresJsDatabase, PostgresJsSession } from 'drizzle-orm/postgres-js';
import type postgres from 'postgres';

export type Db = PostgresJsDatabase;

type Life = 'open' | 'ended' | 'lost';

/** What drizzle needs of a client; it dies with its transaction. */
export class Connection {
  readonly #sql: postgres.Sql;
  life: Life = 'open';

  constructor(sql: postgres.Sql) {
    this.#sql = sql;
  }

  unsafe(statement: string, parameters: unknown[] = []): postgres.PendingQuery<postgres.Row[]> {
    if (this.life === 'ended') throw new Error('a statement was sent after its transaction had ended');
    if (this.life === 'lost') throw new AppError('UNAVAILABLE');
    // Named statements save the round trip that tells the types of the parameters.
    return this.#sql.unsafe(statement, parameters as never[], { prepare: true });
  }

  /** BEGIN and COMMIT, as a simple query: several statements may travel in it. */
  control(statement: string): postgres.PendingQuery<postgres.Row[]> {
    return this.#sql.unsafe(statement);
  }

  /** From here on nothing but COMMIT or ROLLBACK goes out; a lost one goes out nowhere. */
  end(): void {
    if (this.life === 'lost') throw new AppError('UNAVAILABLE');
    this.life = 'ended';
  }
}

// Shared: it holds the names of tables and columns that it has met, and no connection.
const dialect = new PgDialect();

/** drizzle asks of a client only `unsafe`; its own constructor would build a dialect for each transaction. */
export const openDb = (connection: Pick<Connection, 'unsafe'>): Db => new PostgresJsDatabase(dialect, new PostgresJsSession(connection as unknown as postgres.Sql, dialect, undefined), undefined);
