import type { workspace as english } from '../en/workspace.ts';
import type { Translated } from '../message.ts';

export const workspace: Translated<typeof english> = {
  'home.calm': 'Tidak ada yang menunggu Anda.',
  'home.next': 'Yang dapat Anda lakukan sekarang',
  'home.devices': 'Tambah perangkat',
  'home.devicesHint': 'Setiap nomor usaha Anda adalah satu perangkat.',
  'home.invite': 'Undang tim Anda',
  'home.inviteHint': 'Setiap orang mendapat peran yang menentukan apa yang boleh dilakukan.',
  'home.settings': 'Atur bahasa dan zona waktu',
  'home.settingsHint': 'Surat dan waktu di ruang kerja ini mengikutinya.',
  'home.security': 'Lindungi akun Anda',
  'home.securityHint': 'Nyalakan masuk dua langkah dengan aplikasi di ponsel Anda.',
  'home.apiKeys': 'Buat kunci API',
  'home.apiKeysHint': 'Izinkan program lain milik Anda memakai ruang kerja ini.',
  'home.members': 'Lihat siapa saja di sini',
  'home.membersHint': 'Anggota ruang kerja ini dan perannya.',

  'newWorkspace.title': 'Ruang kerja baru',
  'newWorkspace.intro': 'Satu ruang kerja adalah satu usaha: anggota, pengaturan, dan datanya sendiri. Tidak ada yang dibagi antar ruang kerja.',
  'newWorkspace.submit': 'Buat ruang kerja',
  'newWorkspace.created': '{name} sudah siap.',
  'newWorkspace.noneTitle': 'Anda belum berada di ruang kerja mana pun.',
  'newWorkspace.noneHint': 'Minta pemilik atau admin sebuah ruang kerja mengirim undangan ke {email}.',

  'workspaceSettings.title': 'Ruang kerja',
  'workspaceSettings.languageHint': 'Untuk surat kepada orang yang belum punya akun.',
  'workspaceSettings.timeZoneHint': 'Hari dan waktu di ruang kerja ini dihitung menurutnya.',
  'workspaceSettings.readOnly': 'Hanya pemilik dan admin yang dapat mengubah ini.',
  'workspaceSettings.created': 'Dibuat',
  'workspaceSettings.leaveTitle': 'Tinggalkan ruang kerja ini',
  'workspaceSettings.leaveHint': 'Anda langsung kehilangan akses. Untuk kembali, seseorang harus mengundang Anda.',
  'workspaceSettings.leave': 'Tinggalkan {name}',
  'workspaceSettings.leaveConfirm': 'Tinggalkan {name}?',
  'workspaceSettings.left': 'Anda sudah meninggalkan {name}.',
};
