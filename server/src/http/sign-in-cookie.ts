import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** The `__Host-` prefix makes browsers refuse the cookie from a sibling domain; it needs https. */
const cookieName = (secure: boolean): string => (secure ? '__Host-waxos_session' : 'waxos_session');

export const readSignInCookie = (request: FastifyRequest, secure: boolean): string | undefined => request.cookies[cookieName(secure)];

export const writeSignInCookie = (reply: FastifyReply, secure: boolean, session: { token: string; expiresAt: Date } | null): void => {
  const attributes = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
  if (session === null) reply.clearCookie(cookieName(secure), attributes);
  else reply.setCookie(cookieName(secure), session.token, { ...attributes, expires: session.expiresAt });
};
