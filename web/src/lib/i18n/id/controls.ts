import type { controls as english } from '../en/controls.ts';
import type { Translated } from '../message.ts';

export const controls: Translated<typeof english> = {
  'controls.actionsFor': 'Tindakan untuk {name}',
  'controls.cancel': 'Batal',
  'controls.close': 'Tutup',
  'controls.continue': 'Lanjutkan',
  'controls.copied': 'Disalin',
  'controls.copy': 'Salin',
  'controls.copyFailed': 'Peramban ini tidak mengizinkan penyalinan. Pilih teksnya lalu salin sendiri.',
  'controls.dismiss': 'Tutup pesan ini',
  'controls.done': 'Selesai',
  'controls.download': 'Unduh',
  'controls.hidePassword': 'Sembunyikan kata sandi',
  'controls.loadMore': 'Muat lebih banyak',
  'controls.loading': 'Memuat…',
  'controls.messages': 'Pesan',
  'controls.save': 'Simpan',
  'controls.saved': 'Tersimpan.',
  'controls.showPassword': 'Tampilkan kata sandi',
  'controls.tryAgain': 'Coba lagi',

  'states.broken': 'Halaman ini rusak.',
  'states.brokenHint': 'Muat ulang. Jika terus terjadi, beri tahu pengelola Waxos ini apa yang Anda lakukan sebelumnya.',
  'states.failed': 'Tidak dapat dimuat.',
  'states.notFound': 'Halaman ini tidak ada.',
  'states.notFoundHint': 'Alamatnya salah, atau yang ada di sini sudah tidak ada.',
  'states.notAllowed': 'Peran Anda tidak menampilkan ini.',
  'states.notAllowedHint': 'Minta kepada pemilik atau admin ruang kerja jika Anda memerlukannya.',
  'states.offline': 'Anda sedang luring. Yang Anda lihat mungkin tidak terbaru, dan tidak ada yang disimpan sampai koneksi kembali.',
  'states.requestId': 'Id permintaan: {id}',
  'states.toStart': 'Ke halaman awal',
};
