import type { Page } from './page.ts';

/** What a message says, as plain data: each attribute that we know, where it is what it should be. */
export const installWords = (): void => {
  const page = globalThis as unknown as Page;
  const { waxos } = page;
  waxos.people = (value) => (Array.isArray(value) ? value.flatMap((wid) => waxos.person(wid) ?? []) : []);
  const plain = ['body', 'caption', 'subtype', 'isViewOnce', 'isGif', 'mimetype', 'size', 'filename', 'width', 'height', 'fullWidth', 'fullHeight', 'duration', 'lat', 'lng', 'loc', 'clientUrl', 'vcardFormattedName'];
  const cards = ['pollName', 'pollSelectableOptionsCount', 'eventName', 'eventDescription', 'eventStartTime', 'eventEndTime', 'isEventCanceled', 'inviteGrp', 'inviteGrpName', 'inviteCodeExp', 'callOutcome', 'isVideoCall', 'expectedImageCount', 'expectedVideoCount'];

  const records = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.filter((one): one is Record<string, unknown> => typeof one === 'object' && one !== null) : []);
  waxos.said = (msg: Record<string, unknown>): Record<string, unknown> => {
    const taken = Object.fromEntries([...plain, ...cards].flatMap((name) => (['string', 'number', 'boolean'].includes(typeof msg[name]) ? [[name, msg[name]]] : [])));
    const { waveform, eventLocation } = msg;
    return {
      ...taken,
      type: String(msg['type']),
      ...(waveform instanceof Uint8Array || Array.isArray(waveform) ? { waveform: [...waveform] } : {}),
      ...(Array.isArray(msg['vcardList']) ? { vcardList: records(msg['vcardList']).map(({ displayName, vcard }) => ({ displayName, vcard })) } : {}),
      ...(Array.isArray(msg['pollOptions']) ? { pollOptions: records(msg['pollOptions']).map(({ name }) => name) } : {}),
      ...(typeof eventLocation === 'object' && eventLocation !== null ? { eventPlace: (eventLocation as { name?: unknown }).name } : {}),
      ...(Array.isArray(msg['recipients']) ? { recipients: waxos.people(msg['recipients']) } : {}),
      ...(msg['subtype'] === 'change_number' ? { numbers: waxos.people(msg['templateParams']) } : {}),
    };
  };
};
