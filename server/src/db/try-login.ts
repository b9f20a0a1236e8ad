import postgres from 'postgres';

/** `away`: nothing answered, and it may be just starting. `login`: somebody answered, and does not let this login in. */
type Reason = 'away' | 'login' | 'unfit';

/** Why a database cannot be used, in one sentence for the operator. Never with a password: terminals are read over shoulders and pasted into tickets. */
export class DatabaseRefusal extends Error {
  override name = 'DatabaseRefusal';
  readonly reason: Reason;
  constructor(sentence: string, reason: Reason = 'unfit') {
    super(sentence);
    this.reason = reason;
  }
}

interface Login {
  /** The variable that a sentence names. */
  variable: string;
  url: string;
  /** The role that it must be, bound by row-level security; the owner's login is not. */
  role?: 'waxos_app' | 'waxos_system';
}

const CONNECT_TIMEOUT_S = 10;
const LIMITS_LOCK_KEY = 7_205_759_404;
// `unique nulls not distinct` came with it.
const SERVER_VERSION_MIN = 150_000;

/** Signs in once, and refuses a server that is too old and a login that cannot be used or that row-level security would not bind. */
export const tryLogin = async ({ variable, url, role }: Login): Promise<void> => {
  const sql = postgres(url, { max: 1, connect_timeout: CONNECT_TIMEOUT_S, idle_timeout: 1, onnotice: () => undefined });
  const limit = Promise.withResolvers<never>();
  // postgres.js begins again for ever where somebody takes the connection and closes it, as a proxy without a server does.
  const timer = setTimeout(() => limit.reject(Object.assign(new Error('no answer'), { code: 'CONNECT_TIMEOUT' })), CONNECT_TIMEOUT_S * 1_000);
  try {
    const found = await Promise.race([lookAtLogin(sql), limit.promise]);
    const tooOld = findVersionFault(found.version);
    if (tooOld !== undefined) throw new DatabaseRefusal(`${variable} leads to ${tooOld}.`);
    if (role === undefined) return;
    const fault = findFault(found, role);
    if (fault !== undefined) throw new DatabaseRefusal(`${variable} signs in as ${found.name}, ${fault}: use a login named ${role} that is no superuser, owns no table and is in no role that is or does.`);
    // Made by the operator: every role may set its own defaults. One at a time, or PostgreSQL refuses the later of two gateways.
    if (!found.is_limited) await sql.unsafe(`select pg_advisory_xact_lock(${LIMITS_LOCK_KEY}); ${limitRole(role)}`);
  } catch (error) {
    throw error instanceof DatabaseRefusal ? error : explain(variable, url, error);
  } finally {
    clearTimeout(timer);
    await sql.end({ timeout: 0 });
  }
};

/** What is wrong with a server of that number, as `server_version_num` gives it. */
export const findVersionFault = (version: number): string | undefined =>
  version < SERVER_VERSION_MIN ? `PostgreSQL ${Math.floor(version / 10_000)}, and Waxos needs ${SERVER_VERSION_MIN / 10_000} or newer` : undefined;

/**
 * A statement or a transaction that hangs would hold its locks, and its connection, for ever. The limits are the role's,
 * since a pooler such as PgBouncer lets no connection bring its own, and setting them in each transaction costs time.
 */
export const limitRole = (role: 'waxos_app' | 'waxos_system'): string =>
  `alter role ${role} set statement_timeout = '30s'; alter role ${role} set idle_in_transaction_session_timeout = '60s'`;

interface FoundLogin {
  version: number;
  is_limited: boolean;
  name: string;
  is_superuser: boolean;
  bypasses: boolean;
  is_system: boolean;
  owned: string | null;
}

/** With every role that it is a member of: it can become each of them, and their policies are its own. */
const lookAtLogin = async (sql: postgres.Sql): Promise<FoundLogin> => {
  const [found] = await sql<FoundLogin[]>`
    with roles as (select oid, rolname, rolsuper, rolbypassrls from pg_roles where pg_has_role(current_user, oid, 'member'))
    select current_setting('server_version_num')::int as version,
      current_setting('statement_timeout') <> '0' and current_setting('idle_in_transaction_session_timeout') <> '0' as is_limited,
      current_user::text as name, bool_or(rolsuper) as is_superuser, bool_or(rolbypassrls) as bypasses, bool_or(rolname = 'waxos_system') as is_system,
      (select min(relname::text) from pg_class where relnamespace = to_regnamespace('public') and relkind in ('r', 'p') and relowner in (select oid from roles)) as owned
    from roles`;
  if (found === undefined) throw new Error('PostgreSQL did not say who is signed in');
  return found;
};

const findFault = ({ name, is_superuser, bypasses, is_system, owned }: FoundLogin, role: string): string | undefined => {
  if (is_superuser) return 'a superuser, whom row-level security does not bind';
  if (bypasses) return 'whom row-level security does not bind';
  if (owned !== null) return `who owns the table ${owned}`;
  if (role !== 'waxos_system' && is_system) return 'who sees every workspace';
  return name === role ? undefined : `who is not ${role}`;
};

const explain = (variable: string, url: string, error: unknown): DatabaseRefusal => {
  const { hostname, port, pathname, username } = new URL(url);
  const place = `${hostname || 'localhost'}:${port || '5432'}`;
  switch (error instanceof Error && 'code' in error ? error.code : undefined) {
    case '28P01':
    case '28000':
      return new DatabaseRefusal(`${variable} is refused: PostgreSQL at ${place} does not accept that password for ${username || 'this login'}.`, 'login');
    case '3D000':
      return new DatabaseRefusal(`${variable} names a database that is not there: create ${pathname.slice(1)} on ${place}, or correct the name.`);
    case 'ECONNREFUSED':
      return new DatabaseRefusal(`${variable} leads nowhere: nothing listens at ${place}.`, 'away');
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new DatabaseRefusal(`${variable} leads nowhere: there is no host ${hostname}.`, 'away');
    case 'CONNECT_TIMEOUT':
      return new DatabaseRefusal(`${variable} leads nowhere: ${place} does not answer within ${CONNECT_TIMEOUT_S} s.`, 'away');
    case '57P03':
    case '53300':
    case 'CONNECTION_CLOSED':
    case 'ECONNRESET':
      return new DatabaseRefusal(`${variable} leads to PostgreSQL at ${place}, which takes no connection now.`, 'away');
    default:
      return new DatabaseRefusal(`${variable} does not work with PostgreSQL at ${place}: ${error instanceof Error ? error.message : 'no reason given'}.`);
  }
};
