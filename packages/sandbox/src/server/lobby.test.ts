import { stoppedClock } from '@waxos/process/clock';
import { describe, expect, test } from 'vitest';
import type { Faults } from '../faults/faults.ts';
import { createRandom } from '../network/random.ts';
import { SandboxRefusal } from '../network/refusal.ts';
import type { NetworkFrame } from '../wire/frames.ts';
import { openLobby, type ScanningPhone } from './lobby.ts';

const registration = { noise: 'n', identity: 'i', adv: 'a', platform: '1', name: 'Chrome', build: '2.3000.1' };
const number = '15550000001';
const me = { phone: `${number}@c.us`, lid: '1@lid', pushName: 'Shop', platform: 'android' } as const;

const openTestLobby = (faults: Faults = {}) => {
  const clock = stoppedClock(new Date('2030-01-01T00:00:00Z'));
  const lobby = openLobby({ now: () => clock.now().getTime(), random: createRandom('lobby'), faults: () => faults });
  const frames: NetworkFrame[] = [];
  const page = { send: (frame: NetworkFrame) => void frames.push(frame) };
  const linked: string[] = [];
  const phone = (changes: Partial<ScanningPhone> = {}): ScanningPhone => ({
    number,
    passkey: false,
    link: (_registration, how) => {
      linked.push(how);
      return { t: 'linked', device: 'd1', token: 't', me };
    },
    ...changes,
  });
  const refs = (): string[] => frames.findLast((frame) => frame.t === 'refs')?.refs ?? [];
  const last = () => frames.at(-1);
  const qr = (ref: string | undefined): string => `${ref},n,i,a,1`;
  return { lobby, clock, page, frames, linked, phone, refs, last, qr };
};

const refusalOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof SandboxRefusal) return error.code;
    throw error;
  }
  return 'none';
};

describe('scanning a QR code', () => {
  test('links the page that shows it, and takes it out of the lobby', () => {
    const { lobby, page, phone, refs, linked, last, qr } = openTestLobby();
    lobby.enter(page, registration);
    expect(lobby.scan(qr(refs()[0]), phone())).toEqual({ device: 'd1' });
    expect(last()).toEqual({ t: 'linked', device: 'd1', token: 't', me });
    expect(linked).toEqual(['qr']);
    expect(lobby.list()).toEqual([]);
    expect(refusalOf(() => lobby.scan(qr(refs()[0]), phone()))).toBe('not_found');
  });

  test('a page gets six codes, the first for a minute and each further one for 20 seconds more', () => {
    const { lobby, page, phone, refs, clock, qr, last } = openTestLobby();
    lobby.enter(page, registration);
    expect(last()).toMatchObject({ t: 'refs', firstMs: 60_000, nextMs: 20_000 });
    expect(refs()).toHaveLength(6);
    clock.advance(60_000);
    expect(refusalOf(() => lobby.scan(qr(refs()[0]), phone()))).toBe('gone');
    clock.advance(99_999);
    expect(refusalOf(() => lobby.scan(qr(refs()[4]), phone()))).toBe('gone');
    expect(lobby.scan(qr(refs()[5]), phone())).toEqual({ device: 'd1' });
  });

  test('new codes end the old ones', () => {
    const { lobby, page, phone, refs, qr } = openTestLobby();
    lobby.enter(page, registration);
    const [old] = refs();
    lobby.refresh(page);
    expect(refusalOf(() => lobby.scan(qr(old), phone()))).toBe('not_found');
    expect(lobby.scan(qr(refs()[0]), phone())).toEqual({ device: 'd1' });
  });

  test("a code with another device's keys is refused", () => {
    const { lobby, page, phone, refs } = openTestLobby();
    lobby.enter(page, registration);
    expect(refusalOf(() => lobby.scan(`${refs()[0]},x,i,a,1`, phone()))).toBe('bad_request');
  });

  test('a page that left can no longer be scanned', () => {
    const { lobby, page, phone, refs, qr } = openTestLobby();
    lobby.enter(page, registration);
    lobby.leave(page);
    expect(refusalOf(() => lobby.scan(qr(refs()[0]), phone()))).toBe('not_found');
  });

  test('faults decide how many codes there are and how long they live', () => {
    const { lobby, page, phone, refs, clock, qr } = openTestLobby({ firstRefMs: 500, nextRefMs: 100, refCount: 2 });
    lobby.enter(page, registration);
    expect(refs()).toHaveLength(2);
    clock.advance(600);
    expect(refusalOf(() => lobby.scan(qr(refs()[1]), phone()))).toBe('gone');
  });
});

describe('a pairing code', () => {
  const ask = (given: ReturnType<typeof openTestLobby>): string => {
    given.lobby.enter(given.page, registration);
    given.lobby.pairByCode(given.page, { id: 7, phone: number });
    const answer = given.last();
    return answer?.t === 'pairingCode' ? answer.code : '';
  };

  test('has eight characters and links the phone whose number it was made for', () => {
    const given = openTestLobby();
    const code = ask(given);
    expect(code).toMatch(/^[1-9A-Z]{8}$/);
    expect(given.lobby.enterCode(code, given.phone())).toEqual({ device: 'd1' });
    expect(given.linked).toEqual(['code']);
  });

  test('is refused by a phone with another number', () => {
    const given = openTestLobby();
    const code = ask(given);
    expect(refusalOf(() => given.lobby.enterCode(code, given.phone({ number: '15550000002' })))).toBe('not_allowed');
  });

  test('is over after three minutes', () => {
    const given = openTestLobby();
    const code = ask(given);
    given.clock.advance(180_000);
    expect(refusalOf(() => given.lobby.enterCode(code, given.phone()))).toBe('gone');
  });

  test('is not made for what is no phone number', () => {
    const { lobby, page, last } = openTestLobby();
    lobby.enter(page, registration);
    lobby.pairByCode(page, { id: 7, phone: '+49 151' });
    expect(last()).toMatchObject({ t: 'pairingCode', id: 7, ok: false });
  });
});

describe('where a passkey is demanded', () => {
  test('the page is asked, and nothing is linked without the right answer', () => {
    const { lobby, page, phone, refs, frames, linked, qr } = openTestLobby();
    lobby.enter(page, registration);
    expect(refusalOf(() => lobby.scan(qr(refs()[0]), phone({ passkey: true })))).toBe('not_allowed');
    expect(frames.map(({ t }) => t)).toEqual(['refs', 'passkey']);
    lobby.answerPasskey(page, { id: 'other' });
    expect(linked).toEqual([]);
    expect(frames.map(({ t }) => t)).toEqual(['refs', 'passkey', 'refs']);
  });

  test('the right answer links, once', () => {
    const { lobby, page, phone, refs, linked, last, qr } = openTestLobby();
    lobby.enter(page, registration);
    expect(refusalOf(() => lobby.scan(qr(refs()[0]), phone({ passkey: true })))).toBe('not_allowed');
    lobby.answerPasskey(page, { id: 'sandbox' });
    lobby.answerPasskey(page, { id: 'sandbox' });
    expect(linked).toEqual(['qr']);
    expect(last()?.t).toBe('linked');
  });

  test('an answer that nobody asked for links nothing', () => {
    const { lobby, page, linked } = openTestLobby();
    lobby.enter(page, registration);
    lobby.answerPasskey(page, { id: 'sandbox' });
    expect(linked).toEqual([]);
  });
});
