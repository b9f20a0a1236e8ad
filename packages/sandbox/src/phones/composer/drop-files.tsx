import { useState, type DragEvent, type ReactNode } from 'react';
import { useConversation } from '../thread/conversation-context.ts';
import { useSpeech } from '../words/speech.tsx';

/** Files may be dropped anywhere on a conversation. */
export function DropFiles({ children }: { children: ReactNode }) {
  const { t } = useSpeech();
  const { setFiles } = useConversation();
  const [over, setOver] = useState(false);
  const drag = (event: DragEvent): void => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setOver(true);
  };
  return (
    <div
      className="conversation"
      role="presentation"
      onDragOver={drag}
      onDragLeave={(event) => {
        if (event.currentTarget === event.target || !event.currentTarget.contains(event.relatedTarget instanceof Node ? event.relatedTarget : null)) setOver(false);
      }}
      onDrop={(event) => {
        setOver(false);
        if (event.dataTransfer.files.length === 0) return;
        event.preventDefault();
        setFiles([...event.dataTransfer.files]);
      }}
    >
      {children}
      {over && <p className="drop-here">{t('files.drop')}</p>}
    </div>
  );
}
