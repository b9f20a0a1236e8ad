import type { ActArgs } from '../../acts/acts.ts';
import type { App, ModuleTable } from '../app.ts';
import type { MsgModel } from '../models/msg.ts';

type EventContent = ActArgs<'message.editEvent'>['event'];
type Ref = ActArgs<'message.editEvent'>['message'];

const refOf = (msg: MsgModel): Ref => ({ chat: msg.id.remote.toString(), id: msg.id.id, author: (msg.id.participant ?? (msg.id.fromMe ? msg.from : msg.id.remote)).toString() });

interface EventEdit {
  name: string;
  description?: string | null;
  startTime: number;
  endTime?: number | null;
  location?: string | null;
  callType?: 'voice' | 'video' | 'none';
  isEventCanceled?: boolean;
}

const joinLink = async (app: App, { callType, startTime }: EventEdit, msg: MsgModel): Promise<string | undefined> => {
  if (callType === 'none') return undefined;
  if (callType !== undefined) return (await app.line.act('call.makeLink', { kind: callType, startAt: startTime })).url;
  const before: unknown = Reflect.get(msg, 'eventJoinLink');
  return typeof before === 'string' ? before : undefined;
};

const edit = async (app: App, change: EventEdit, msg: MsgModel): Promise<void> => {
  const link = await joinLink(app, change, msg);
  const event: EventContent = {
    kind: 'event',
    name: change.name,
    startAt: change.startTime,
    ...(change.description ? { description: change.description } : {}),
    ...(change.endTime ? { endAt: change.endTime } : {}),
    ...(change.location ? { place: change.location } : {}),
    ...(link === undefined ? {} : { joinLink: link }),
    ...(change.isEventCanceled === true ? { cancelled: true } : {}),
  };
  await app.line.act('message.editEvent', { message: refOf(msg), event });
  const kept = await app.threads.kept(msg);
  if (kept !== undefined) await app.take([{ s: 'eventEdited', key: kept.message.key, event, at: Math.floor(Date.now() / 1_000) }]);
};

/** By WhatsApp's numbers: none, going, not going, maybe. */
const responses = ['unknown', 'going', 'declined', 'maybe'] as const;

const respond = async (app: App, response: number, msg: MsgModel): Promise<void> => {
  const named = responses[response];
  if (named === undefined) throw new Error(`unknown response ${response}`);
  await app.line.act('message.respond', { message: refOf(msg), response: named });
};

/** Events that people are invited to. */
export const eventModules = (app: App): ModuleTable => ({
  WAWebSendEventEditMsgAction: { sendEventEditMessage: (change: EventEdit, msg: MsgModel) => edit(app, change, msg) },
  WAWebSendEventResponseMsgAction: { sendEventResponseMsg: (response: number, msg: MsgModel) => respond(app, response, msg) },
});
