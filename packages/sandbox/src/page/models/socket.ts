import { Model } from './model.ts';
import { createWid, type Wid } from '../ids/wid.ts';
import type { Me } from '../../wire/frames.ts';

export type SocketState = 'UNLAUNCHED' | 'OPENING' | 'PAIRING' | 'UNPAIRED' | 'UNPAIRED_IDLE' | 'CONNECTED' | 'TIMEOUT' | 'CONFLICT' | 'TOS_BLOCK' | 'SMB_TOS_BLOCK' | 'DEPRECATED_VERSION';

/** WAWebSocketModel.Socket. Its acts are given when the page is put together. */
export class SocketModel extends Model {
  state: SocketState = 'UNLAUNCHED';
  hasSynced = false;
  stream: 'DISCONNECTED' | 'SYNCING' | 'RESUMING' | 'CONNECTED' = 'DISCONNECTED';
  declare logout: () => Promise<void>;
  declare reconnect: () => void;
  declare takeover: () => void;
}

/** WAWebConnModel.Conn: what this device knows of itself. */
export class ConnModel extends Model {
  declare ref?: string;
  declare wid?: Wid;
  declare pushname?: string;
  declare platform?: string;
  declare battery?: number;
  declare plugged?: boolean;
  connected = false;
  isSMB = false;
  declare canSetMyPushname: () => boolean;

  become(me: Me): void {
    const isSMB = me.platform === 'smba' || me.platform === 'smbi';
    this.set({ wid: createWid(me.phone), pushname: me.pushName, platform: me.platform, connected: true, isSMB } as Partial<this>);
  }
}
