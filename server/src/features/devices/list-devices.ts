import type { deviceOutput } from '@waxos/contract/devices';
import { and, asc, eq, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import { devices } from '../../db/schema/devices.ts';
import type { ReadTx } from '../../db/tenant.ts';

export const listDevices = async (tx: ReadTx): Promise<z.input<typeof deviceOutput>[]> =>
  tx.db
    .select()
    .from(devices)
    .where(and(eq(devices.workspaceId, tx.workspaceId), isNull(devices.removedAt)))
    .orderBy(asc(devices.createdAt), asc(devices.id));
