import type { Picture } from './account-record.ts';

export interface Member {
  isAdmin: boolean;
  isSuperAdmin: boolean;
}

export interface GroupRecord {
  group: string;
  owner: string;
  at: number;
  subject: string;
  description: string;
  descriptionId: string;
  announce: boolean;
  restrict: boolean;
  adminsAdd: boolean;
  approval: boolean;
  lidAddressing: boolean;
  inviteCode: string;
  picture?: Picture;
  members: Map<string, Member>;
  /** Who is no longer in it, how and when. */
  past: Map<string, { how: 'removed' | 'left'; at: number }>;
  requests: Map<string, { at: number; by: string }>;
  /** Private invitations, by the person invited. */
  invited: Map<string, { who: string; code: string; expiresAt: number }>;
}
