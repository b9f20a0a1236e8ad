import { useState } from 'react';
import type { ChatView } from '../../network/phone-view.ts';
import type { WireGroup } from '../../wire/stanzas.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Field, Form, TextField } from '../parts/form.tsx';
import { useToasts } from '../parts/toasts.tsx';
import { usePhone } from '../phone/phone-context.ts';
import { PictureButton } from '../phone/picture-button.tsx';
import { useAct } from '../state/use-act.ts';
import { isAdminOf } from '../thread/what-may-be-done.ts';
import { useSpeech } from '../words/speech.tsx';
import { GroupInvite } from './group-invite.tsx';
import { GroupMembers } from './group-members.tsx';
import { GroupRequests } from './group-requests.tsx';
import { GroupSettings } from './group-settings.tsx';

export function GroupInfo({ chat, group }: { chat: ChatView; group: WireGroup }) {
  const { t } = useSpeech();
  const { phone } = usePhone();
  const member = group.left !== true;
  const admin = member && isAdminOf(phone, chat);
  const mayChange = member && (admin || !group.restrict);
  return (
    <>
      <div className="profile-top">
        <Avatar id={group.id} name={group.subject} picture={chat.pictureUrl} group size="large" />
        {mayChange ? <PictureButton of={group.id} has={chat.pictureUrl !== undefined} /> : <p className="profile-name">{group.subject}</p>}
      </div>
      {mayChange ? <Subject group={group} /> : group.description !== undefined && <p dir="auto">{group.description}</p>}
      <GroupMembers group={group} admin={admin} />
      {admin && <GroupRequests group={group} />}
      {admin && <GroupInvite group={group} />}
      {admin && <GroupSettings group={group} />}
      {!member && <p className="dialog-text">{t('silence.left')}</p>}
    </>
  );
}

function Subject({ group }: { group: WireGroup }) {
  const { t } = useSpeech();
  const { say } = useToasts();
  const { perform } = usePhone();
  const act = useAct();
  const [subject, setSubject] = useState(group.subject);
  const [description, setDescription] = useState(group.description ?? '');
  const newSubject = subject.trim() !== group.subject;
  const newDescription = description.trim() !== (group.description ?? '');
  const save = async (): Promise<void> => {
    if (newSubject) await perform('group.subject', { group: group.id, subject: subject.trim() });
    if (newDescription) await perform('group.description', { group: group.id, description: description.trim() });
  };
  return (
    <Form act={act} submit={save} done={() => say(t('form.saved'))} label={t('form.save')} disabled={subject.trim() === '' || (!newSubject && !newDescription)}>
      <Field label={t('group.subject')} value={subject} maxLength={100} onChange={(event) => setSubject(event.target.value)} />
      <TextField label={t('group.description')} value={description} maxLength={2_048} onChange={(event) => setDescription(event.target.value)} />
    </Form>
  );
}
