import { useRef } from 'react';
import { drawPicture } from '../composer/draw-picture.ts';
import { Button } from '../parts/button.tsx';
import { Problem } from '../parts/form.tsx';
import { useAct } from '../state/use-act.ts';
import { UserProblem } from '../words/describe-failure.ts';
import { useSpeech } from '../words/speech.tsx';
import { usePhone } from './phone-context.ts';

const smallSide = 96;
const largeSide = 640;

/** A picture of this phone's owner or of a group: any file that this browser can draw. */
export function PictureButton({ of, has }: { of: string; has: boolean }) {
  const { t } = useSpeech();
  const { perform } = usePhone();
  const act = useAct();
  const input = useRef<HTMLInputElement>(null);
  const set = async (file: File): Promise<void> => {
    const [small, large] = await Promise.all([drawPicture(file, smallSide), drawPicture(file, largeSide)]).catch(() => {
      throw new UserProblem(t('files.unreadable', { name: file.name }));
    });
    await perform('picture.set', { of, small, large });
  };
  return (
    <div className="picture-acts">
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file !== undefined) void act.run(() => set(file));
          if (input.current !== null) input.current.value = '';
        }}
      />
      <Button icon="image" aria-busy={act.busy} onClick={() => input.current?.click()}>
        {has ? t('picture.change') : t('picture.add')}
      </Button>
      {has && <Button onClick={() => void act.run(() => perform('picture.remove', { of }))}>{t('picture.remove')}</Button>}
      <Problem text={act.problem} />
    </div>
  );
}
