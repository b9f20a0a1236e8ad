import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { uploadSchema, type Upload } from '@waxos/contract/node-link/uploads';
import { AppError } from '@waxos/contract/app-error';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ObjectStore } from '../adapters/object-store.ts';
import type { SystemActor } from '../db/actor.ts';
import type { Doors } from '../db/tenant.ts';
import { findOutgoing } from '../farm/media/find-outgoing.ts';
import { findUploadPlace, findUploadWorkspace, type UploadPlace } from '../farm/media/find-upload.ts';
import { keepUpload } from '../farm/media/keep-upload.ts';
import { openBytes, TooManyBytes } from '../farm/media/open-bytes.ts';
import { sniffType } from '../farm/media/sniff-type.ts';
import { findNodeByToken, type KnownNode } from '../farm/nodes/find-node-by-token.ts';
import { blockOf } from '../limits/address-block.ts';
import type { Limits } from '../limits/limits.ts';

interface MediaOptions {
  doors: Doors;
  store: ObjectStore;
  limits: Limits;
  bytesMax: number;
}

const uploadParams = z.object({ device: z.uuid().toLowerCase() });
const uploadQuery = z.object({ epoch: z.string().regex(/^[1-9]\d{0,14}$/).transform(Number), of: z.string().max(4_096) });
const mediaParams = z.object({ command: z.uuid().toLowerCase(), hash: z.string().regex(/^[0-9a-f]{64}$/) });

/** What nodes bring and fetch, as streams; they spend no limit of their address, since many may share one. */
export const isNodeMedia = (request: FastifyRequest): boolean => (request.routeOptions.url ?? '').startsWith('/nodes/');

/**
 * Media beside the node link: `PUT /nodes/uploads/<device>` brings what a session received, `GET /nodes/media/…` fetches
 * what it is to send. Each with the node's token, and only for devices that the node holds the lease of.
 */
export const addNodeMedia = async (app: FastifyInstance, options: MediaOptions): Promise<void> => {
  const { doors, store, bytesMax } = options;
  await app.register(async (door) => {
    door.removeAllContentTypeParsers();
    door.addContentTypeParser('*', (_request, payload, done) => done(null, payload));

    // Their size is counted as they come: what a header says of it is only the first thing to look at.
    door.put('/nodes/uploads/:device', { bodyLimit: Number.MAX_SAFE_INTEGER }, async (request, reply) => {
      const node = await admit(request, options);
      if (node === undefined) return answerUnread(reply, 401);
      const found = await findPlace(doors, node, request);
      if (found === undefined) return answerUnread(reply, 404);
      if (found.place.what === 'media' && found.place.isStored) return answerUnread(reply, 200);
      if (Number(request.headers['content-length'] ?? 0) > bytesMax) return answerUnread(reply, 413);
      return receive(reply, { ...found, bytes: (request.body as Readable | undefined) ?? request.raw }, options);
    });

    door.get('/nodes/media/:command/:hash', async (request, reply) => {
      const node = await admit(request, options);
      if (node === undefined) return reply.status(401).send();
      const { command, hash } = parseOr404(mediaParams, request.params);
      const workspaceId = await doors.withSystem('node-link', (tx) => findOutgoing(tx, { nodeId: node.id, commandId: command, hash }));
      const object = workspaceId === undefined ? undefined : await store.get(workspaceId, hash);
      if (object === undefined) return reply.status(404).send();
      return reply.header('content-type', 'application/octet-stream').header('content-length', object.bytes).send(object.stream);
    });
  });
};

const admit = async (request: FastifyRequest, { doors, limits }: MediaOptions): Promise<KnownNode | undefined> => {
  const token = /^Bearer (\S{1,200})$/.exec(request.headers.authorization ?? '')?.[1];
  const node = token === undefined ? undefined : await doors.withSystem('node-link', (tx) => findNodeByToken(tx, token));
  if (node === undefined) await limits.spend('address', blockOf(request.ip));
  return node;
};

interface FoundPlace {
  actor: SystemActor;
  place: UploadPlace;
}

const findPlace = async (doors: Doors, { id: nodeId }: KnownNode, request: FastifyRequest): Promise<FoundPlace | undefined> => {
  const { device: deviceId } = parseOr404(uploadParams, request.params);
  const { epoch, of } = parseOr404(uploadQuery, request.query);
  const upload = readUpload(of);
  const workspaceId = await doors.withSystem('node-link', (tx) => findUploadWorkspace(tx, { nodeId, deviceId, epoch }));
  if (upload === undefined || workspaceId === undefined) return undefined;
  const actor: SystemActor = { kind: 'system', workspaceId, name: 'Waxos', permissions: [], address: '' };
  const place = await doors.withTenant(actor, (tx) => findUploadPlace(tx, deviceId, upload), 'reading');
  return place === undefined ? undefined : { actor, place };
};

const receive = async (reply: FastifyReply, { actor, place, bytes: source }: FoundPlace & { bytes: Readable }, { doors, store, bytesMax }: MediaOptions): Promise<FastifyReply> => {
  try {
    const { head, bytes } = await openBytes(source, bytesMax);
    const mimetype = await sniffType(head);
    const object = await store.put(actor.workspaceId, bytes);
    await doors.withTenant(actor, (tx) => keepUpload(tx, place, { ...object, mimetype }));
    return reply.status(201).send();
  } catch (error) {
    if (error instanceof TooManyBytes) return answerUnread(reply, 413);
    // Whoever hung up hears no answer; it is nothing that broke here.
    if ((source as Partial<IncomingMessage>).errored) throw new AppError('BAD_INPUT', { cause: error });
    throw error;
  }
};

/** A body that nobody has read would be taken for the next request. */
const answerUnread = (reply: FastifyReply, status: number): FastifyReply => reply.header('connection', 'close').status(status).send();

const readUpload = (of: string): Upload | undefined => {
  try {
    return uploadSchema.safeParse(JSON.parse(Buffer.from(of, 'base64url').toString('utf8'))).data;
  } catch {
    return undefined;
  }
};

const parseOr404 = <T extends z.ZodType>(schema: T, value: unknown): z.output<T> => {
  const read = schema.safeParse(value);
  if (!read.success) throw new AppError('NOT_FOUND', { cause: read.error });
  return read.data;
};
