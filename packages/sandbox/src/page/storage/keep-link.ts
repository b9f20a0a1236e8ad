import type { Me, Registration } from '../../wire/frames.ts';

/** What makes this profile folder a linked device: whoever has it is the device. */
export interface Link {
  device: string;
  token: string;
  me: Me;
}

const linkItem = 'last-link';
const registrationItem = 'registration-info';

export const readLink = (): Link | undefined => read<Link>(linkItem);
export const keepLink = (link: Link): void => localStorage.setItem(linkItem, JSON.stringify(link));
export const forgetLink = (): void => localStorage.clear();

/** The device's keys, made once and for all its links. */
export const readRegistration = (build: string): Registration => {
  const known = read<Registration>(registrationItem);
  const registration = { ...(known ?? { noise: randomKey(), identity: randomKey(), adv: randomKey(), platform: '1', name: '' }), build };
  if (known === undefined) localStorage.setItem(registrationItem, JSON.stringify(registration));
  return registration;
};

const read = <T>(item: string): T | undefined => {
  const text = localStorage.getItem(item);
  // What stands under these names was put there by this file.
  return text === null ? undefined : (JSON.parse(text) as T);
};

const randomKey = (): string => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))));
