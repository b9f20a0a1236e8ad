import type { App, ModuleTable } from '../app.ts';
import { createWid } from '../ids/wid.ts';
import { Model } from '../models/model.ts';

/** WAWebStreamModel.Stream: whether a person sits before the page. */
class StreamModel extends Model {
  available = false;
  declare markAvailable: () => void;
  declare markUnavailable: () => void;
}

/** Being there, and typing. Neither is kept: without a connection it is lost, as in WhatsApp. */
export const presenceModules = (app: App): ModuleTable => {
  const stream = new StreamModel();
  const present = (available: boolean): void => {
    stream.set({ available });
    app.line.send({ t: 'present', available });
  };
  stream.markAvailable = () => present(true);
  stream.markUnavailable = () => present(false);
  const typing =
    (state: 'typing' | 'recording' | 'paused') =>
    async (chat: unknown): Promise<void> =>
      void app.line.send({ t: 'typing', chat: String(createWid(chat)), state });
  return {
    WAWebCollections: { Presence: Object.assign(app.presences.collection, { find: async (chat: unknown) => app.presences.of(chat) }) },
    WAWebStreamModel: { Stream: stream },
    WAWebPresenceChatAction: { sendPresenceAvailable: async () => present(true), sendPresenceUnavailable: async () => present(false) },
    WAWebChatStateBridge: { sendChatStateComposing: typing('typing'), sendChatStateRecording: typing('recording'), sendChatStatePaused: typing('paused') },
  };
};
