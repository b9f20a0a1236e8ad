import type { App, ModuleTable } from '../app.ts';
import { createWid, type Wid } from '../ids/wid.ts';
import { ServerStatusCodeError } from '../line/server-status-code-error.ts';
import { Collection } from '../models/collection.ts';
import type { Emitter } from '../models/emitter.ts';
import { Model } from '../models/model.ts';

/** A model of WAWebCollections.ProfilePicThumb: the picture of a person or group, as far as this device has asked for it. */
class PictureModel extends Model {
  id: Wid;
  /** Empty where there is none. */
  declare tag?: string;
  declare eurl?: string;
  declare img?: string;
  declare canSet: () => boolean;
  declare canDelete: () => boolean;

  constructor(id: Wid) {
    super();
    this.id = id;
  }
}

interface Pictures extends Pick<Emitter, 'on'> {
  get: (of: unknown) => PictureModel;
  /** Asks the network. */
  find: (of: unknown) => Promise<PictureModel>;
}

/** One's own, and a group's where one may change what it says of itself. */
const mayChange = ({ directory, collections }: App, wid: Wid): boolean => {
  if (!wid.isGroup()) return directory.isMe(wid);
  const chat = collections.Chat.get(wid);
  const group = chat?.groupMetadata;
  return chat !== undefined && group !== undefined && !group.left && (!group.restrict || chat.iAmAdmin());
};

const openPictures = (app: App): Pictures => {
  const pictures = new Collection<PictureModel>();
  // WhatsApp has one of everyone whom it has drawn. Nobody is drawn here, so each is made when it is asked for.
  const get = (of: unknown): PictureModel => {
    const id = createWid(of);
    const picture = pictures.get(id) ?? pictures.add(new PictureModel(id));
    picture.canSet = () => mayChange(app, id);
    picture.canDelete = () => picture.canSet() && picture.tag !== '';
    return picture;
  };
  const find = async (of: unknown): Promise<PictureModel> => {
    const picture = get(of);
    const told = await app.line.act('picture.get', { of: String(picture.id) });
    // As WhatsApp's, an address that can be fetched, with its host; the network's own is the bytes themselves.
    const url = told === null ? undefined : new URL(`/pictures/${told.id}`, location.href).href;
    return picture.set({ tag: told?.id ?? '', eurl: url, img: url } as Partial<PictureModel>);
  };
  // One that was drawn is drawn anew.
  app.cmd.on('profile_picture_changed', (of) => {
    if (pictures.get(createWid(of))?.tag !== undefined && !app.deaf()) void find(of).catch(reportError);
  });
  return { get, find, on: (names, listener) => pictures.on(names, listener) };
};

const base64Of = (dataUrl: string): string => dataUrl.slice(dataUrl.indexOf(',') + 1);

/** Pictures of people and groups. */
export const pictureModules = (app: App): ModuleTable => {
  const pictures = openPictures(app);
  return {
    WAWebCollections: { ProfilePicThumb: pictures },
    WAWebContactProfilePicThumbBridge: {
      requestProfilePicFromServer: async ({ id }: { id: unknown }): Promise<PictureModel> => {
        const picture = await pictures.find(id);
        if (picture.eurl === undefined) throw new ServerStatusCodeError('not_found', 'there is no picture');
        return picture;
      },
      sendSetPicture: async (wid: Wid, small: string, large: string): Promise<{ status: number }> => {
        await app.line.act('picture.set', { of: String(wid), small: base64Of(small), large: base64Of(large) });
        await pictures.find(wid);
        return { status: 200 };
      },
      requestDeletePicture: async (wid: Wid): Promise<{ status: number }> => {
        await app.line.act('picture.remove', { of: String(wid) });
        await pictures.find(wid);
        return { status: 200 };
      },
    },
  };
};
