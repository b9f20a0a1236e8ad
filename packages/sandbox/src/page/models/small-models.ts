import type { Wid } from '../ids/wid.ts';
import { Collection } from './collection.ts';
import { Model } from './model.ts';

const hexColors = ['#ff9485', '#64c4ff', '#ffd429', '#dfaef0', '#99b6c1', '#55ccb3', '#ff9dff', '#d3a91d', '#6d7cce', '#d7e752', '#00d0e2', '#ffc5c7', '#93ceac', '#f74848', '#00a0f2', '#83e422', '#ffaf04', '#b5ebff', '#9ba6ff', '#9368cf'];

export class LabelItem extends Model {
  id: string;
  parentType = 'Chat';
  parentId: string;
  labelId: string;

  constructor(labelId: string, chat: string) {
    super();
    this.id = `${labelId}_${chat}`;
    this.labelId = labelId;
    this.parentId = chat;
  }
}

export class LabelModel extends Model {
  id: string;
  name: string;
  colorIndex: number;
  labelItemCollection = new Collection<LabelItem>();

  constructor({ id, name, color }: { id: string; name: string; color: number }) {
    super();
    this.id = id;
    this.name = name;
    this.colorIndex = color;
  }

  get hexColor(): string {
    return hexColors[this.colorIndex % hexColors.length] ?? '#ff9485';
  }
}

export class CallModel extends Model {
  id: string;
  peerJid: Wid;
  isVideo = false;
  isGroup = false;
  outgoing = false;
  offerTime = 0;
  canHandleLocally = false;
  webClientShouldHandle = false;
  participants: Wid[] = [];

  constructor(id: string, peerJid: Wid) {
    super();
    this.id = id;
    this.peerJid = peerJid;
  }
}

export class MuteModel extends Model {
  expiration = 0;
  declare mute: (options: { expiration: number; sendDevice?: boolean }) => Promise<void>;
  declare unmute: (options?: { sendDevice?: boolean }) => Promise<void>;
}
