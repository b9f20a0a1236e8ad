import type { members as english } from '../en/members.ts';
import type { Translated } from '../message.ts';

export const members: Translated<typeof english> = {
  'members.title': 'Anggota',
  'members.count': {
    other: '{count} anggota',
  },
  'members.invite': 'Undang',
  'members.name': 'Nama',
  'members.email': 'E-mail',
  'members.role': 'Peran',
  'members.twoStep': 'Masuk dua langkah',
  'members.twoStepOn': 'Menyala',
  'members.twoStepOff': 'Mati',
  'members.joined': 'Bergabung',
  'members.actions': 'Tindakan',
  'members.you': 'Anda',
  'members.roleOf': 'Peran {name}',
  'members.roleChanged': 'Peran {name} kini {role}.',
  'members.remove': 'Keluarkan dari ruang kerja',
  'members.removeTitle': 'Keluarkan {name}?',
  'members.removeText': '{name} langsung kehilangan akses ke ruang kerja ini. Yang sudah ditulisnya tetap ada, dan kunci API buatannya tetap berlaku sampai ada yang mencabutnya.',
  'members.removeConfirm': 'Keluarkan',
  'members.removed': '{name} bukan anggota lagi.',

  'invite.title': 'Undang seseorang',
  'invite.intro': 'Orang itu mendapat surat berisi tautan untuk bergabung.',
  'invite.submit': 'Kirim undangan',
  'invite.sent': 'Undangan ke {email} sudah dikirim.',

  'invitations.title': 'Undangan terbuka',
  'invitations.empty': 'Tidak ada undangan terbuka.',
  'invitations.emptyHint': 'Saat Anda mengundang seseorang, undangannya ada di sini sampai ia bergabung.',
  'invitations.invitedBy': 'Diundang oleh',
  'invitations.expires': 'Berlaku sampai',
  'invitations.resend': 'Kirim lagi',
  'invitations.resent': 'Surat baru ke {email} sedang dikirim. Tautan lama tidak berlaku lagi.',
  'invitations.revoke': 'Cabut',
  'invitations.revokeTitle': 'Cabut undangan ke {email}?',
  'invitations.revokeText': 'Tautan di surat tidak akan berlaku lagi.',
  'invitations.revoked': 'Undangan ke {email} sudah dicabut.',
};
