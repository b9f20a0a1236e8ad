import type { refusals as english } from '../en/refusals.ts';
import type { Translated } from '../message.ts';

export const refusals: Translated<typeof english> = {
  'errors.BAD_INPUT': 'Sebagian yang dikirim tidak sah. Alasannya ada di tiap kolom.',
  'errors.SIGNED_OUT': 'Anda sudah keluar. Masuk lalu coba lagi.',
  'errors.WRONG_CREDENTIALS': 'E-mail dan kata sandi itu tidak cocok. Periksa keduanya, atau atur ulang kata sandi.',
  'errors.WRONG_CODE': 'Kode itu tidak sah. Tunggu kode berikutnya, atau pakai kode pemulihan.',
  'errors.FORBIDDEN': 'Peran Anda tidak mengizinkan ini. Minta kepada pemilik atau admin ruang kerja.',
  'errors.CROSS_SITE': 'Permintaan ini datang dari alamat yang berbeda dari yang diharapkan Waxos dan ditolak. Buka Waxos di alamatnya sendiri; pengelolanya mengatur alamat itu di PUBLIC_URL.',
  'errors.NOT_FOUND': 'Ini tidak ada, atau bukan hak Anda untuk melihatnya.',
  'errors.CONFLICT': 'Ini sudah diubah sementara itu, atau sudah ada. Muat ulang dan periksa lagi.',
  'errors.LINK_EXPIRED': 'Tautan ini sudah dipakai, dicabut, atau terlalu lama. Minta yang baru.',
  'errors.SIGN_UP_CLOSED': 'Pendaftaran ditutup di sini. Minta undangan kepada pemilik atau admin.',
  'errors.ALREADY_SET_UP': 'Waxos ini sudah punya pemilik. Silakan masuk.',
  'errors.LAST_OWNER': 'Ruang kerja memerlukan pemilik. Jadikan orang lain pemilik lebih dahulu.',
  'errors.TOO_MANY_DEVICES': 'Jumlah perangkat di ruang kerja ini sudah mencapai batas. Hapus satu yang tidak dipakai lagi.',
  'errors.TOO_MANY_REQUESTS': 'Terlalu banyak percobaan. Tunggu sebentar lalu coba lagi.',
  'errors.UNAVAILABLE': 'Waxos sedang tidak dapat menjangkau basis datanya. Coba lagi sebentar lagi.',
  'errors.BUG': 'Ada yang rusak di pihak kami. Coba lagi, dan laporkan id permintaan jika terus terjadi.',

  'failures.unreachable': 'Waxos tidak menjawab. Periksa koneksi lalu coba lagi.',
  'failures.waitSeconds': {
    other: 'Terlalu banyak percobaan. Coba lagi dalam {count} detik.',
  },
  'failures.waitMinutes': {
    other: 'Terlalu banyak percobaan. Coba lagi dalam {count} menit.',
  },

  'problems.required': 'Isi kolom ini.',
  'problems.too_long': 'Terlalu panjang.',
  'problems.invalid': 'Tidak sah.',
  'problems.invalid_email': 'Tulis alamat e-mail, misalnya ana@example.com.',
  'problems.invalid_id': 'Ini bukan id.',
  'problems.invalid_code': 'Tulis enam angka dari aplikasi, atau kode pemulihan.',
  'problems.code_wrong': 'Ini bukan kode yang ditampilkan aplikasi sekarang. Tunggu kode berikutnya, lalu coba lagi.',
  'problems.invalid_time_zone': 'Pilih zona waktu dari daftar.',
  'problems.password_too_short': 'Pakai paling sedikit 10 karakter.',
  'problems.password_breached': 'Kata sandi ini ada di daftar kata sandi yang dicuri. Pilih yang lain.',
  'problems.password_wrong': 'Ini bukan kata sandi Anda saat ini.',
  'problems.email_taken': 'Orang ini sudah menjadi anggota.',
  'problems.already_invited': 'Orang ini sudah punya undangan terbuka.',
  'problems.device_name_taken': 'Sudah ada perangkat lain dengan nama ini.',
  'problems.device_name_differs': 'Ini bukan nama perangkat itu.',
  'problems.risk_unacknowledged': 'Nomor WhatsApp hanya bisa ditambahkan jika Anda menerima risiko ini.',
  'problems.scope_required': 'Pilih paling sedikit satu izin.',
  'problems.expiry_beyond_key': 'Sebuah kunci tidak dapat membuat kunci yang berlaku lebih lama darinya.',
  'problems.scope_beyond_role': 'Anda tidak dapat memberi kunci lebih dari yang diizinkan peran Anda sendiri.',
};
