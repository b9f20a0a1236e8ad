import { useCallback, useEffect, useRef, useState } from 'react';
import { UserProblem } from '../words/describe-failure.ts';
import { useSpeech } from '../words/speech.tsx';

export interface Recorder {
  /** Since when it records, in milliseconds. */
  since: number | undefined;
  start: () => Promise<void>;
  /** Ends it and answers what was said. */
  finish: () => Promise<File | undefined>;
  cancel: () => void;
}

/** WhatsApp's own is Ogg; browsers that cannot write it write Opus into another box. */
const types = ['audio/ogg;codecs=opus', 'audio/webm;codecs=opus', 'audio/mp4'];

export function useRecorder(): Recorder {
  const { t } = useSpeech();
  const recorder = useRef<MediaRecorder | undefined>(undefined);
  const [since, setSince] = useState<number | undefined>(undefined);
  const end = useCallback(() => {
    for (const track of recorder.current?.stream.getTracks() ?? []) track.stop();
    recorder.current = undefined;
    setSince(undefined);
  }, []);
  useEffect(() => end, [end]);
  const start = useCallback(async () => {
    const type = typeof MediaRecorder === 'undefined' ? undefined : types.find((one) => MediaRecorder.isTypeSupported(one));
    if (type === undefined || navigator.mediaDevices === undefined) throw new UserProblem(t('voice.none'));
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true }).catch((cause: unknown) => {
      throw new UserProblem(t('voice.none'), { cause });
    });
    recorder.current = new MediaRecorder(stream, { mimeType: type });
    recorder.current.start();
    setSince(Date.now());
  }, [t]);
  const finish = useCallback(async () => {
    const running = recorder.current;
    if (running === undefined) return undefined;
    const data = new Promise<Blob>((resolve) => running.addEventListener('dataavailable', (event) => resolve(event.data), { once: true }));
    running.stop();
    const blob = await data;
    end();
    return new File([blob], '', { type: running.mimeType });
  }, [end]);
  return { since, start, finish, cancel: end };
}
