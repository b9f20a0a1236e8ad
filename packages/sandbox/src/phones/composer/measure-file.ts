import type { MediaFile } from '../../acts/contents.ts';
import { drawPreview } from './draw-picture.ts';
import { waveformOf } from './waveform.ts';

export type Measured = Pick<MediaFile, 'width' | 'height' | 'seconds' | 'waveform' | 'preview' | 'filename'>;

const deadlineMs = 5_000;

/** What can be known of a file before it is sent. A browser that cannot read it sends it all the same, unmeasured. */
export async function measureFile(file: File): Promise<Measured> {
  const named: Measured = file.name === '' ? {} : { filename: file.name };
  try {
    if (file.type.startsWith('image/')) return { ...named, ...(await measureImage(file)) };
    if (file.type.startsWith('video/')) return { ...named, ...(await measureVideo(file)) };
    if (file.type.startsWith('audio/')) return { ...named, ...(await measureAudio(file)) };
  } catch {
    return named;
  }
  return named;
}

async function measureImage(file: File): Promise<Measured> {
  const bitmap = await createImageBitmap(file);
  const { width, height } = bitmap;
  const preview = await drawPreview(bitmap, width, height);
  bitmap.close();
  return { width, height, preview };
}

async function measureVideo(file: File): Promise<Measured> {
  const video = document.createElement('video');
  const url = URL.createObjectURL(file);
  try {
    video.muted = true;
    video.preload = 'auto';
    video.src = url;
    await heard(video, 'loadeddata');
    const { videoWidth: width, videoHeight: height, duration } = video;
    const size = width > 0 && height > 0 ? { width, height, preview: await drawPreview(video, width, height) } : {};
    return Number.isFinite(duration) ? { ...size, seconds: duration } : size;
  } finally {
    URL.revokeObjectURL(url);
  }
}

const heard = (video: HTMLVideoElement, name: string): Promise<unknown> =>
  new Promise((resolve, reject) => {
    video.addEventListener(name, resolve, { once: true });
    video.addEventListener('error', () => reject(new Error('This browser cannot play the video.')), { once: true });
    setTimeout(() => reject(new Error('The video took too long to open.')), deadlineMs);
  });

async function measureAudio(file: File): Promise<Measured> {
  const context = new OfflineAudioContext(1, 1, 44_100);
  const sound = await context.decodeAudioData(await file.arrayBuffer());
  return { seconds: sound.duration, waveform: waveformOf(sound.getChannelData(0)) };
}
