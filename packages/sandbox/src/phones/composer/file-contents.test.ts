import { expect, test } from 'vitest';
import { albumHead, fileContent, plainly } from './file-contents.ts';

const media = (mimetype: string) => ({ hash: '0'.repeat(64), mimetype, size: 1 });

test.each([
  ['image/png', 'image'],
  ['video/mp4', 'video'],
  ['audio/ogg;codecs=opus', 'audio'],
  ['application/pdf', 'document'],
])('a file of type %s is said as %s', (type, kind) => {
  expect(fileContent(media(type), plainly, { caption: '' }).kind).toBe(kind);
});

test('the person decides: a document, a voice note, a GIF, a sticker, seen once', () => {
  expect(fileContent(media('image/png'), { ...plainly, document: true }, { caption: ' a ' })).toMatchObject({ kind: 'document', caption: 'a' });
  expect(fileContent(media('audio/ogg'), { ...plainly, voice: true }, { caption: '' }).kind).toBe('voice');
  expect(fileContent(media('video/mp4'), { ...plainly, gif: true }, { caption: '' })).toMatchObject({ kind: 'video', gif: true });
  expect(fileContent(media('image/webp'), { ...plainly, sticker: true }, { caption: '' }).kind).toBe('sticker');
  expect(fileContent(media('image/png'), { ...plainly, viewOnce: true }, { caption: '' })).toMatchObject({ kind: 'image', viewOnce: true });
});

test('two pictures or more are an album; one is not, nor is what is seen once or a document', () => {
  expect(albumHead(['image/png', 'video/mp4', 'image/jpeg'], plainly)).toEqual({ kind: 'album', images: 2, videos: 1 });
  expect(albumHead(['image/png'], plainly)).toBeUndefined();
  expect(albumHead(['image/png', 'application/pdf'], plainly)).toBeUndefined();
  expect(albumHead(['image/png', 'image/png'], { ...plainly, viewOnce: true })).toBeUndefined();
  expect(albumHead(['image/png', 'image/png'], { ...plainly, document: true })).toBeUndefined();
});
