import { useState } from 'react';
import { Dialog } from '../parts/dialog.tsx';
import { Check, Field, Form } from '../parts/form.tsx';
import { numbered } from '../parts/numbered.ts';
import { useAct } from '../state/use-act.ts';
import { useSpeech } from '../words/speech.tsx';
import { useSay } from './use-say.ts';

const optionsMax = 12;

/** There is always one empty line more, until there are twelve. */
const withRoom = (options: readonly string[]): string[] => {
  const filled = options.filter((option, index) => option !== '' || index < 2);
  return filled.length < optionsMax && filled.at(-1) !== '' ? [...filled, ''] : [...filled];
};

export function PollDialog({ close }: { close: () => void }) {
  const { t } = useSpeech();
  const { say } = useSay();
  const act = useAct();
  const [question, setQuestion] = useState('');
  const [options, setOptions] = useState<readonly string[]>(['', '']);
  const [several, setSeveral] = useState(false);
  const said = [...new Set(options.map((option) => option.trim()).filter((option) => option !== ''))];
  const send = async (): Promise<void> => say({ kind: 'poll', question: question.trim(), options: said, several });
  return (
    <Dialog title={t('kind.poll')} close={close}>
      <Form act={act} submit={send} done={close} label={t('composer.send')} disabled={question.trim() === '' || said.length < 2}>
        <Field label={t('poll.question')} value={question} maxLength={255} onChange={(event) => setQuestion(event.target.value)} />
        {numbered(options).map(({ place, item }) => (
          <Field key={place} label={t('poll.option', { number: place + 1 })} value={item} maxLength={100} onChange={(event) => setOptions(withRoom(options.with(place, event.target.value)))} />
        ))}
        <Check label={t('poll.several')} checked={several} change={setSeveral} />
      </Form>
    </Dialog>
  );
}
