import type { App, ModuleTable } from '../app.ts';

const fromBase64 = (text: string): Uint8Array => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

/** The connection, and what a QR and a pairing code are made of. */
export const socketModules = (app: App): ModuleTable => {
  const { registration } = app;
  return {
    WAWebSocketModel: { Socket: app.socket },
    WAWebCmd: { Cmd: Object.assign(app.cmd, { refreshQR: app.refreshRefs }) },
    WAWebConnModel: { Conn: app.conn },
    WAWebOfflineHandler: { OfflineMessageHandler: { getOfflineDeliveryProgress: () => app.offline.progress } },
    WABase64: { encodeB64: toBase64, decodeB64: fromBase64 },
    WAWebCompanionRegClientUtils: { DEVICE_PLATFORM: registration.platform },
    WAWebAdvSignatureApi: {},
    WAWebUserPrefsInfoStore: { waNoiseInfo: { get: async () => ({ staticKeyPair: { pubKey: fromBase64(registration.noise) } }) } },
    WAWebSignalStoreApi: { waSignalStore: { getRegistrationInfo: async () => ({ identityKeyPair: { pubKey: fromBase64(registration.identity) } }) } },
    WAWebUserPrefsMultiDevice: { getADVSecretKey: () => registration.adv },
    WAWebMiscBrowserUtils: app.browserInfo,
    WAWebLaunchSocketUtils: { refreshQR: app.refreshRefs },
    WAWebAltDeviceLinkingApi: {
      setPairingType: () => undefined,
      initializeAltDeviceLinking: async () => undefined,
      initializeQRLinking: async () => undefined,
      startAltLinkingFlow: (phone: string, notify: boolean) => app.line.askForPairingCode(phone, notify),
    },
    WAWebSyncGatingUtils: { isPlaceholderMessageResendEnabled: () => false },
    WAWebUserPrefsMeUser: {
      getMaybeMePnUser: () => app.directory.myPhone(),
      getMaybeMeLidUser: () => app.directory.myLid(),
      getMePnUserOrThrow: () => app.directory.myPhone(),
    },
    WAWebCallCollection: app.collections.Call,
  };
};
