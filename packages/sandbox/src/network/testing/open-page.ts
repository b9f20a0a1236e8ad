import type { ActArgs, DeviceActName } from '../../acts/acts.ts';
import type { ActResult, NetworkFrame, PageFrame } from '../../wire/frames.ts';
import type { Stanza, WireMessage } from '../../wire/stanzas.ts';
import type { Network } from '../network.ts';

/** The network's end of a linked page: what it was told, and what it says. It keeps at once unless told to wait. */
export interface TestPage {
  device: string;
  token: string;
  frames: NetworkFrame[];
  ended: boolean;
  /** Connects again; an earlier socket that was not closed is still there. */
  login: () => boolean;
  /** Closes all its sockets. */
  close: () => void;
  say: (frame: PageFrame) => void;
  act: <N extends DeviceActName>(name: N, args: ActArgs<N>) => ActResult;
  keep: (upTo?: number) => void;
  stanzas: () => Stanza[];
  /** Only those of one kind. */
  of: <S extends Stanza['s']>(kind: S) => Extract<Stanza, { s: S }>[];
  messages: () => WireMessage[];
}

export const registration = { noise: 'n', identity: 'i', adv: 'a', platform: 'DESKTOP', name: 'Chrome (Linux)', build: '2.3000.1' };

export const openPage = (network: Network, account: string, { keeps = true } = {}): TestPage => {
  const { device, token } = network.link(account, registration, 'qr');
  let connection: ReturnType<Network['connect']>;
  const connections: ReturnType<Network['connect']>[] = [];
  let acts = 0;
  const page: TestPage = {
    device,
    token,
    frames: [],
    ended: false,
    login: () => {
      page.ended = false;
      connection = network.connect(
        { device, token, build: registration.build },
        {
          send: (frame) => {
            page.frames.push(frame);
            if (keeps && frame.t === 'stanza') page.say({ t: 'kept', upTo: frame.n });
          },
          end: () => {
            page.ended = true;
          },
        },
      );
      connections.push(connection);
      // What came while it logged in had nobody yet to answer.
      if (keeps) page.keep();
      return connection !== undefined;
    },
    close: () => {
      for (const one of connections.splice(0)) one?.close();
    },
    say: (frame) => connection?.receive(frame),
    act: (name, args) => {
      acts += 1;
      const id = acts;
      page.say({ t: 'act', id, name, args });
      const found = page.frames.find((frame) => frame.t === 'result' && frame.id === id);
      if (found?.t !== 'result') throw new Error(`${name} was not answered`);
      return found.result;
    },
    keep: (upTo) => {
      const last = page.frames.findLast((frame) => frame.t === 'stanza');
      if (last?.t === 'stanza') page.say({ t: 'kept', upTo: upTo ?? last.n });
    },
    stanzas: () => page.frames.flatMap((frame) => (frame.t === 'stanza' ? [frame.stanza] : [])),
    of: <S extends Stanza['s']>(kind: S) => page.stanzas().filter((stanza): stanza is Extract<Stanza, { s: S }> => stanza.s === kind),
    messages: () => page.of('message').map(({ message }) => message),
  };
  page.login();
  return page;
};
