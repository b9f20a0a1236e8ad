/** A link is as good as its code. */
export const readInviteCode = (typed: string): string => typed.trim().replace(/^https?:\/\/chat\.whatsapp\.com\//i, '').replace(/[/?#].*$/, '');

export const inviteLink = (code: string): string => `https://chat.whatsapp.com/${code}`;
