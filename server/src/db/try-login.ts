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

/** Signs in once, and refuses a login that cannot be used or that row-level security would not bind. */
export const tryLogin = async ({ variable, url, role }: Login): Promise<void> => {
  const sql = postgres(url, { max: 1, connect_timeout: 10, idle_timeout: 1, onnotice: () => undefined });
  try {
    const found = await lookAtLogin(sql);
    const fault = role === undefined ? undefined : findFault(found, role);
    if (fault !== undefined) throw new DatabaseRefusal(`${variable} signs in as ${found.name}, ${fault}: use a login named ${role} that is no superuser, owns no table and is in no role that is or does.`);
  } catch (error) {
    throw error instanceof DatabaseRefusal ? error : explain(variable, url, error);
  } finally {
    await sql.end({ timeout: 5 });
  }
};

interface FoundLogin {
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
    select current_user::text as name, bool_or(rolsuper) as is_superuser, bool_or(rolbypassrls) as bypasses, bool_or(rolname = 'waxos_system') as is_system,
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
      return new DatabaseRefusal(`${variable} leads nowhere: ${place} does not answer within 10 s.`, 'away');
    case '57P03':
    case '53300':
    case 'CONNECTION_CLOSED':
    case 'ECONNRESET':
      return new DatabaseRefusal(`${variable} leads to PostgreSQL at ${place}, which takes no connection now.`, 'away');
    default:
      return new DatabaseRefusal(`${variable} does not work with PostgreSQL at ${place}: ${error instanceof Error ? error.message : 'no reason given'}.`);
  }
};
