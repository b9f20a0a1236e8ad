import { JoinGroup } from '../chats/join-group.tsx';
import { NewChat } from '../chats/new-chat.tsx';
import { NewGroup } from '../chats/new-group.tsx';
import { DevicesDialog } from './devices-dialog.tsx';
import type { PhoneDialog } from './phone-dialog.ts';
import { ProfileDialog } from './profile-dialog.tsx';
import { StatusDialog } from './status-dialog.tsx';

export function PhoneDialogs({ dialog, close, scan }: { dialog: PhoneDialog; close: () => void; scan: () => void }) {
  switch (dialog.kind) {
    case 'devices':
      return <DevicesDialog close={close} scan={scan} />;
    case 'profile':
      return <ProfileDialog close={close} />;
    case 'status':
      return <StatusDialog close={close} />;
    case 'new-chat':
      return <NewChat close={close} />;
    case 'new-group':
      return <NewGroup close={close} />;
    case 'join-group':
      return <JoinGroup close={close} />;
  }
}
