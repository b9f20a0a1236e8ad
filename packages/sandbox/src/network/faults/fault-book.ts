import { faults as faultsSchema, type Faults, type FaultScope } from '../../faults/faults.ts';
import { SandboxRefusal } from '../refusal.ts';
import type { NetworkState } from '../records/network-state.ts';

/**
 * What goes wrong on the way to a device. The ledger knows nothing of it: what a fault hides or delays has
 * happened all the same.
 */
export interface FaultBook {
  set: (scope: FaultScope, faults: Faults) => void;
  clear: (scope: FaultScope) => void;
  /** The device's own over its account's over everyone's. */
  of: (device: string) => Faults;
}

const none: Faults = {};

export const openFaultBook = (state: NetworkState): FaultBook => {
  const byScope = new Map<string, Faults>();
  const merged = new Map<string, Faults>();

  return {
    set: (scope, faults) => {
      const parsed = faultsSchema.safeParse(faults);
      if (!parsed.success) throw new SandboxRefusal('bad_request', `These are no faults: ${parsed.error.issues[0]?.message ?? 'malformed'}. See faults.ts for what there is.`);
      byScope.set(scopeKey(scope), parsed.data);
      merged.clear();
    },
    clear: (scope) => {
      byScope.delete(scopeKey(scope));
      merged.clear();
    },
    of: (device) => {
      if (byScope.size === 0) return none;
      const found = merged.get(device);
      if (found !== undefined) return found;
      const account = state.devices.get(device)?.account ?? '';
      const faults = { ...byScope.get('everyone'), ...byScope.get(scopeKey({ account })), ...byScope.get(scopeKey({ device })) };
      merged.set(device, faults);
      return faults;
    },
  };
};

const scopeKey = (scope: FaultScope): string => (scope === 'everyone' ? scope : 'account' in scope ? `account ${scope.account}` : `device ${scope.device}`);
