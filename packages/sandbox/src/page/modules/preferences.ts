import type { App, ModuleTable } from '../app.ts';

/** One setting, kept in localStorage as WhatsApp does. */
const setting = (item: string, first: boolean): { get: () => boolean; set: (on: boolean) => Promise<void> } => ({
  get: () => {
    const kept = localStorage.getItem(item);
    return kept === null ? first : kept === 'true';
  },
  set: async (on) => localStorage.setItem(item, String(on)),
});

/** What is set on this device alone. */
export const preferenceModules = (_app: App): ModuleTable => {
  const audio = setting('auto-download-audio', true);
  const documents = setting('auto-download-documents', true);
  const photos = setting('auto-download-photos', true);
  const videos = setting('auto-download-videos', true);
  const offlineNotifications = setting('global-offline-notifications', false);
  return {
    WAWebUserPrefsGeneral: {
      getAutoDownloadAudio: audio.get,
      setAutoDownloadAudio: audio.set,
      getAutoDownloadDocuments: documents.get,
      setAutoDownloadDocuments: documents.set,
      getAutoDownloadPhotos: photos.get,
      setAutoDownloadPhotos: photos.set,
      getAutoDownloadVideos: videos.get,
      setAutoDownloadVideos: videos.set,
    },
    WAWebUserPrefsNotifications: { getGlobalOfflineNotifications: offlineNotifications.get, setGlobalOfflineNotifications: offlineNotifications.set },
  };
};
