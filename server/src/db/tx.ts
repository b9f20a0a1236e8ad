import { AppError } from '@waxos/contract/app-error';
import { DrizzleQueryError } from 'drizzle-orm/errors';
import { Connection, openDb, type Db } from './connection.ts';
import type { Pool } from './pool.ts';
import type { PreparedQuery } from './prepared-query.ts';

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
/** Runs a query that was put into SQL beforehand. */
export type Run = <T>(query: PreparedQuery<T>, values: Readonly<Record<string, unknown>>) => Promise<T>;

export interface OpenTransaction {
  db: Db;
  run: Run;
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
  /** Held by PostgreSQL itself; nobody then waits for COMMIT, which has nothing left to lose. */
  readOnly: boolean;
}

const beginStatement = (settings: Readonly<Record<string, string>>, readOnly: boolean): string => {
  // SET LOCAL is set_config(…, true) without a plan and a result row.
  const statements = Object.entries(settings).map(([name, value]) => {
    if (!/^[\w.-]*$/.test(value)) throw new Error(`setting ${name} holds a character that is not allowed`);
    return `; set local ${name} = '${value}'`;
  });
  // What is read together belongs to one moment; PostgreSQL's default would look anew for each statement.
  return `begin${readOnly ? ' isolation level repeatable read, read only' : ''}${statements.join('')}`;
};

export const runTransaction = async <T>({ pool, settings, work, flush, readOnly }: TransactionOptions<T>): Promise<T> => {
  const begin = beginStatement(settings, readOnly);
  const lease = await pool.lease();
  const connection = new Connection(lease.sql);
  const lost = Promise.withResolvers<never>();
  // Nobody may be waiting for it when it happens, and then it is no unhandled rejection.
  lost.promise.catch(() => undefined);
  lease.onLost(() => {
    connection.life = 'lost';
    lost.reject(new AppError('UNAVAILABLE'));
  });
  const open: OpenTransaction = {
    db: openDb(connection),
    run: (query, values) => query.runOn(connection, values),
    send: (statement, parameters) => connection.unsafe(statement, parameters),
  };
  try {
    const opened = connection.control(begin).execute();
    return await Promise.race([lost.promise, complete({ connection, opened, open, work, flush, readOnly })]);
  } catch (error) {
    return rethrow(error);
  } finally {
    // Work that runs on after its connection was lost finds 'lost' and not somebody else's transaction.
    if (!isLost(connection)) connection.life = 'ended';
    lease.release();
  }
};

const isLost = (connection: Connection): boolean => connection.life === 'lost';

interface Completion<T> extends Pick<TransactionOptions<T>, 'work' | 'flush' | 'readOnly'> {
  connection: Connection;
  opened: Promise<unknown>;
  open: OpenTransaction;
}

const complete = async <T>({ connection, opened, open, work, flush, readOnly }: Completion<T>): Promise<T> => {
  try {
    const [result] = await Promise.all([work(open), opened]);
    await flush(open);
    connection.end();
    const committing = connection.control('commit').execute();
    if (readOnly) return leaveCommit(committing, result);
    const answer = await committing;
    // A transaction whose statement failed unnoticed answers ROLLBACK to COMMIT, without an error.
    if (answer.command !== 'COMMIT') throw new Error('the transaction was rolled back: one of its statements had failed and nobody looked');
    return result;
  } catch (error) {
    // Only what BEGIN said tells whether a transaction is open: the work may have failed on some other server's connection.
    const isBegun = await opened.then(() => true, (refused: unknown) => !isUnreachable(refused));
    if (isLost(connection) || !isBegun) throw error;
    connection.end();
    await connection.control('rollback');
    throw error;
  }
};

/** The next transaction on this connection queues behind the COMMIT, and finds out itself should the connection be gone. */
const leaveCommit = <T>(committing: Promise<unknown>, result: T): T => {
  committing.catch(() => undefined);
  return result;
};

const CONNECTION_ERRORS = new Set(['CONNECTION_CLOSED', 'CONNECTION_ENDED', 'CONNECTION_DESTROYED', 'CONNECT_TIMEOUT', 'ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', '57P01', '57P02', '57P03', '53300']);

/** drizzle wraps what the driver threw. */
const rootOf = (error: unknown): unknown => (error instanceof Error && error.cause instanceof Error ? error.cause : error);

const isUnreachable = (error: unknown): boolean => {
  const root = rootOf(error);
  return root instanceof Error && 'code' in root && CONNECTION_ERRORS.has(String(root.code));
};

const rethrow = (error: unknown): never => {
  if (isUnreachable(error)) throw new AppError('UNAVAILABLE', { cause: rootOf(error) });
  // drizzle's message repeats every parameter; passwords' hashes and people's words belong in no log.
  if (error instanceof DrizzleQueryError) throw new Error(`a statement failed: ${error.query}`, { cause: error.cause });
  throw error;
};
