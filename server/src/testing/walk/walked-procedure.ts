import type { Access } from '../../trpc/procedures.ts';
import type { InputField } from './input-fields.ts';
import { listInputFields } from './input-fields.ts';

export interface WalkedProcedure {
  path: string;
  kind: 'query' | 'mutation';
  access: Access;
  fields: InputField[];
  takesInput: boolean;
}

/** What the walk needs of a router: tRPC keeps its procedures flat, by dotted path. */
export interface WalkableRouter {
  _def: { procedures: Readonly<Record<string, unknown>> };
}

interface Definition {
  type: string;
  meta?: Access;
  inputs: unknown[];
}

export const listProcedures = (router: WalkableRouter): WalkedProcedure[] =>
  Object.entries(router._def.procedures).map(([path, procedure]) => {
    const { type, meta, inputs } = (procedure as { _def: Definition })._def;
    if (type !== 'query' && type !== 'mutation') throw new Error(`${path} is a ${type}, which the walk does not know`);
    if (meta === undefined) throw new Error(`${path} does not say who may call it`);
    return { path, kind: type, access: meta, fields: listInputFields(inputs), takesInput: inputs.length > 0 };
  });
