import type { MediaDoor } from '../app.ts';
import type { Link } from '../storage/keep-link.ts';

class MediaFault extends Error {
  override name = 'MediaFault';
  readonly status: number;
  constructor(status: number) {
    super(`the media server answered ${status}`);
    this.status = status;
  }
}

/** Bytes to the network and back, as this device. */
export const openMedia = (link: () => Link | undefined): MediaDoor => {
  const credentials = (): { authorization: string } => {
    const here = link();
    return { authorization: here === undefined ? '' : `Bearer ${here.device}:${here.token}` };
  };
  return {
    upload: async (blob) => {
      const answer = await fetch('/media', { method: 'POST', headers: { ...credentials(), 'content-type': blob.type || 'application/octet-stream' }, body: blob });
      if (!answer.ok) throw new MediaFault(answer.status);
      const { hash, size } = (await answer.json()) as { hash: string; size: number };
      return { hash, size, path: `/media/${hash}` };
    },
    download: async (path, signal) => {
      const answer = await fetch(path, { headers: credentials(), ...(signal === undefined ? {} : { signal }) });
      if (!answer.ok) throw new MediaFault(answer.status);
      return answer.arrayBuffer();
    },
  };
};
