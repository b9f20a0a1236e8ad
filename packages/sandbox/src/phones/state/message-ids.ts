/** As phones make them: the id is the sender's, so that a repeated send is the same message. */
export function newMessageId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(9));
  return `3A${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('').toUpperCase()}`;
}

export const threadKey = (account: string, chat: string): string => `${account} ${chat}`;
