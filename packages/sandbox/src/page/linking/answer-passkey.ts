import type { App } from '../app.ts';

/** Asks the browser for a passkey, as WhatsApp does of some accounts since 2026. Without one, the linking ends there. */
export const answerPasskey = async (app: App, challenge: string): Promise<void> => {
  const bytes = Uint8Array.from(atob(challenge.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
  const credential = await navigator.credentials.get({ publicKey: { challenge: bytes, timeout: 60_000, userVerification: 'required', rpId: location.hostname } }).catch(() => null);
  app.line.send({ t: 'passkeyAnswer', credential: credential === null ? null : { id: credential.id } });
};
