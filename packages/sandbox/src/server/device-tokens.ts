import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Tokens with which devices have logged in, hashed. Whoever asks for media over HTTP has logged in over the socket
 * before, so nothing else needs to know how the network keeps them.
 */
export interface DeviceTokens {
  learn: (device: string, token: string) => void;
  forget: (device: string) => void;
  check: (device: string, token: string) => boolean;
}

export const openDeviceTokens = (): DeviceTokens => {
  const hashes = new Map<string, Buffer>();
  return {
    learn: (device, token) => void hashes.set(device, hashToken(token)),
    forget: (device) => void hashes.delete(device),
    check: (device, token) => {
      const known = hashes.get(device);
      return known !== undefined && timingSafeEqual(known, hashToken(token));
    },
  };
};

export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();
