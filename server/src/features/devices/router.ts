import { addDeviceInput, deviceOutput, listDevicesOutput, removeDeviceInput, renameDeviceInput } from '@waxos/contract/devices';
import { router, tenantProcedure } from '../../trpc/procedures.ts';
import { addDevice } from './add-device.ts';
import { listDevices } from './list-devices.ts';
import { removeDevice } from './remove-device.ts';
import { renameDevice } from './rename-device.ts';

export const devicesRouter = router({
  list: tenantProcedure('devices.read')
    .output(listDevicesOutput)
    .query(async ({ ctx }) => ({ devices: await ctx.readWorkspace(listDevices), sandboxOpen: ctx.sandboxOpen })),

  add: tenantProcedure('devices.manage')
    .input(addDeviceInput)
    .output(deviceOutput)
    .mutation(({ ctx, input }) => ctx.inWorkspace((tx) => addDevice(tx, input))),

  rename: tenantProcedure('devices.manage')
    .input(renameDeviceInput)
    .output(deviceOutput)
    .mutation(({ ctx, input }) => ctx.inWorkspace((tx) => renameDevice(tx, input))),

  remove: tenantProcedure('devices.manage')
    .input(removeDeviceInput)
    .mutation(({ ctx, input }) => ctx.inWorkspace((tx) => removeDevice(tx, input))),
});
