import { v7 } from 'uuid';

/** Ids are made here and not by the database: PostgreSQL 17 has no `uuidv7()`, and the caller knows the id before the insert. */
export const newId = (): string => v7();
