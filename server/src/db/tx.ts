import { AppError } from '@waxos/contract/app-error';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import type { Pool } from './pool.ts';

/**
 * One transaction on one reserved connection:
 *
 *   open ──work returned──▶ flushing ──COMMIT said COMMIT──▶ committed
 *     ├────work threw─────▶ rolled back                       (anything else: rolled back, the error thrown)
 *     └────connection gone▶ lost: every later statement is refused, the connection is not given back
 *
 * BEGIN, the settings and the first statement of the work leave in one round trip: nobody waits for BEGIN's answer.
 * Should BEGIN fail, the connection is in an aborted transaction or gone, and the statements behind it fail with it.
 */
export type Db = PostgresJsDatabase;

export interface OpenTransaction {
  db: Db;
  /** Statements as text, for the doors themselves. */
  send: (statement: string, parameters: unknown[]) => Promise<unknown>;
}

interface TransactionOptions<T> {
  pool: Pool;
  /** Settings of this transaction; values must be free of quotes. */
  settings: Readonly<Record<string, string>>;
  work: (open: OpenTransaction) => Promise<T>;
  /** Runs inside the transaction, after the work and before COMMIT. */
  flush: (open: OpenTransaction) => Promise<void>;
}

type Life = 'open' | 'ended' | 'lost';

/** What drizzle needs of a client; it dies with the transaction. */
class Connection {
  readonly options: Pool['options'];
  readonly #reserved: postgres.ReservedSql;
  life: Life = 'open';

  constructor(reserved: postgres.ReservedSql, options: Pool['options']) {
    this.#reserved = reserved;
    this.options = options;
  }

  unsafe(statement: string, parameters: unknown[] = []): postgres.PendingQuery<postgres.Row[]> {
    if (this.life === 'ended') throw new Error('a statement was sent after its transaction had ended');
    if (this.life === 'lost') throw new AppError('UNAVAILABLE');
    // Named statements save the round trip that tells the types of the parameters.
    return this.#reserved.unsafe(statement, parameters as never[], { prepare: true });
  }

  /** BEGIN and COMMIT, as a simple query: several statements may travel in it. */
  control(statement: string): postgres.PendingQuery<postgres.Row[]> {
    return this.#reserved.unsafe(statement);
  }

  /** From here on nothing but COMMIT or ROLLBACK goes out; a lost one goes out nowhere. */
  end(): void {
    if (this.life === 'lost') throw new AppError('UNAVAILABLE');
    this.life = 'ended';
  }
}

let begun = 0;

const beginStatement = (settings: Readonly<Record<string, string>>): string => {
  begun += 1;
  const calls = Object.entries(settings).map(([name, value]) => {
    if (!/^[\w.-]*$/.test(value)) throw new Error(`setting ${name} holds a character that is not allowed`);
    return `set_config('${name}', '${value}', true)`;
  });
  return `begin /* ${begun} */${calls.length > 0 ? `; select ${calls.join(', ')}` : ''}`;
};

export const runTransaction = async <T>({ pool, settings, work, flush }: TransactionOptions<T>): Promise<T> => {
  const reserved = await pool.reserve().catch(refuseUnavailable);
  const connection = new Connection(reserved, pool.options);
  const begin = beginStatement(settings);
  const lost = Promise.withResolvers<never>();
  // Nobody may be waiting for it when it happens, and then it is no unhandled rejection.
  lost.promise.catch(() => undefined);
  const watched = pool.watch(begin, () => {
    connection.life = 'lost';
    lost.reject(new AppError('UNAVAILABLE'));
  });
  const open: OpenTransaction = {
    db: drizzle(connection as unknown as postgres.Sql),
    send: (statement, parameters) => connection.unsafe(statement, parameters),
  };
  try {
    const opened = connection.control(begin).execute();
    return await Promise.race([lost.promise, complete({ connection, opened, open, work, flush })]);
  } catch (error) {
    return refuseUnavailable(error);
  } finally {
    watched.forget();
    // A lost connection went back to the pool by itself.
    if (!isLost(connection)) {
      connection.end();
      reserved.release();
    }
  }
};

const isLost = (connection: Connection): boolean => connection.life === 'lost';

interface Completion<T> extends Pick<TransactionOptions<T>, 'work' | 'flush'> {
  connection: Connection;
  opened: Promise<unknown>;
  open: OpenTransaction;
}

const complete = async <T>({ connection, opened, open, work, flush }: Completion<T>): Promise<T> => {
  try {
    const [result] = await Promise.all([work(open), opened]);
    await flush(open);
    connection.end();
    const answer = await connection.control('commit');
    // A transaction whose statement failed unnoticed answers ROLLBACK to COMMIT, without an error.
    if (answer.command !== 'COMMIT') throw new Error('the transaction was rolled back: one of its statements had failed and nobody looked');
    return result;
  } catch (error) {
    if (isLost(connection)) throw error;
    connection.end();
    await connection.control('rollback');
    throw error;
  }
};

const CONNECTION_ERRORS = new Set(['CONNECTION_CLOSED', 'CONNECTION_ENDED', 'CONNECTION_DESTROYED', 'CONNECT_TIMEOUT', 'ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', '57P01', '57P02', '57P03', '53300']);

const refuseUnavailable = (error: unknown): never => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (cause instanceof Error && 'code' in cause && CONNECTION_ERRORS.has(String(cause.code))) throw new AppError('UNAVAILABLE', { cause });
  throw error;
};
