import type { SessionEvent } from '@waxos/contract/node-link/events';
import { takeGap } from './take-gap.ts';
import { takeMessage } from './take-message.ts';
import { takeReaction, takeVote } from './take-opinions.ts';
import { takeSendOutcome, takeUploadOutcome } from './take-outcomes.ts';
import { takeCall, takeChat, takeGroup, takePerson, takePicture } from './take-people.ts';
import { takeCode, takeLinked, takeState } from './take-session.ts';
import { takeHidden, takeTick } from './take-ticks.ts';
import type { EventOf, Told } from './told.ts';

type Takers = { [T in SessionEvent['type']]: (told: Told<EventOf<T>>) => Promise<void> };

const takers: Takers = {
  'session.changed': takeState,
  'session.qr': takeCode,
  'session.code': takeCode,
  'session.linked': takeLinked,
  'message.seen': takeMessage,
  'message.acked': takeTick,
  'message.reacted': takeReaction,
  'message.voted': takeVote,
  'message.hidden': takeHidden,
  'chat.changed': takeChat,
  'person.changed': takePerson,
  'group.changed': takeGroup,
  'picture.changed': takePicture,
  'call.noticed': takeCall,
  'gap.found': takeGap,
  // What it was of came without its content; the operator is told by the metrics of the link.
  'event.oversized': async () => undefined,
  'send.ended': takeSendOutcome,
  'upload.ended': takeUploadOutcome,
};

/** Puts one event of a session into rows. */
export const takeTold = (told: Told): Promise<void> => {
  const take = takers[told.event.type] as (of: Told) => Promise<void>;
  return take(told);
};
