export interface NewAccount {
  phone: string;
  name: string;
  about?: string;
  /** A business account: labels, notes and a profile. */
  business?: { description: string; category: string; website?: string[]; email?: string; address?: string };
  platform?: 'android' | 'iphone';
  /** Which address its chats go by, as everyone else sees them. */
  addressing?: 'phone' | 'lid';
  /** Nobody who has not saved it learns its number. */
  hidesPhone?: boolean;
  /** Who may add it to a group: others get a 403 and an invite code. */
  groupInvites?: 'everyone' | 'nobody';
  lid?: string;
}
