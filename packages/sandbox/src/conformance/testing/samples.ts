import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import whatsapp, { type MessageMedia } from 'whatsapp-web.js';

export interface Sample {
  bytes: Buffer;
  mimetype: string;
  filename: string;
}

const crcTable = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});
const crcOf = (bytes: Buffer): number => (bytes.reduce((crc, byte) => (crcTable[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;

const chunk = (type: string, data: Buffer): Buffer => {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(data.length);
  const body = Buffer.concat([Buffer.from(type), data]);
  const tail = Buffer.alloc(4);
  tail.writeUInt32BE(crcOf(body));
  return Buffer.concat([head, body, tail]);
};

/** A picture of one colour; another colour is another picture. */
export const picture = (color: [red: number, green: number, blue: number], width = 48, height = 32): Sample => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.concat([Buffer.from([0]), ...Array.from({ length: width }, () => Buffer.from(color))]);
  const bytes = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(Array.from({ length: height }, () => row)))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  return { bytes, mimetype: 'image/png', filename: 'shelf.png' };
};

/** A second of a tone. */
export const tone = (): Sample => {
  const rate = 8000;
  const data = Buffer.alloc(rate * 2);
  for (let index = 0; index < rate; index += 1) data.writeInt16LE(Math.round(Math.sin(index / 5) * 8000), index * 2);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(data.length, 40);
  return { bytes: Buffer.concat([head, data]), mimetype: 'audio/wav', filename: 'jingle.wav' };
};

const kept = (name: string): Buffer => readFileSync(join(import.meta.dirname, 'samples', name));

/** A second of video, VP8. */
export const clip = (): Sample => ({ bytes: kept('clip.webm'), mimetype: 'video/webm', filename: 'counter.webm' });

/** A second of speech as phones send it, near enough: Opus. */
export const voice = (): Sample => ({ bytes: kept('voice.webm'), mimetype: 'audio/ogg; codecs=opus', filename: 'voice.ogg' });

export const leaflet = (): Sample => ({ bytes: Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n'), mimetype: 'application/pdf', filename: 'price list.pdf' });

/** As the library wants it for sending. */
export const asMedia = ({ bytes, mimetype, filename }: Sample): MessageMedia => new whatsapp.MessageMedia(mimetype, bytes.toString('base64'), filename, bytes.length);
