import type { shell as english } from '../en/shell.ts';
import type { Translated } from '../message.ts';

export const shell: Translated<typeof english> = {
  'shell.skip': 'Langsung ke isi',
  'shell.main': 'Utama',
  'shell.home': 'Beranda',
  'shell.devices': 'Perangkat',
  'shell.settings': 'Pengaturan',
  'shell.account': 'Akun',
  'shell.accountOf': 'Akun {name}',
  'shell.pin': 'Biarkan label terbuka',
  'shell.unpin': 'Tampilkan ikon saja',
  'shell.workspace': 'Ruang kerja {name}, ganti',
  'shell.workspaces': 'Ruang kerja',
  'shell.newWorkspace': 'Ruang kerja baru',
  'shell.profile': 'Profil',
  'shell.security': 'Keamanan',
  'shell.theme': 'Tema',
  'shell.language': 'Bahasa',
  'shell.expelled': 'Anda bukan anggota {name} lagi.',
  'shell.signOut': 'Keluar',

  'themes.system': 'Mengikuti sistem',
  'themes.light': 'Terang',
  'themes.dark': 'Gelap',

  'settings.title': 'Pengaturan',
  'settings.workspace': 'Ruang kerja',
  'settings.members': 'Anggota',
  'settings.apiKeys': 'Kunci API',
  'settings.audit': 'Log audit',
};
