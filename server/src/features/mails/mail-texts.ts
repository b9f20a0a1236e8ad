import type { Locale } from '@waxos/contract/fields';

interface Text {
  subject: string;
  text: string;
}

interface Texts {
  invitation: (words: { workspace: string; by: string; link: string }) => Text;
  passwordReset: (words: { name: string; link: string }) => Text;
}

export const mailTexts: Record<Locale, Texts> = {
  en: {
    invitation: ({ workspace, by, link }) => ({
      subject: `${by} invites you to ${workspace}`,
      text: `${by} invites you to the workspace “${workspace}” on Waxos.\n\nJoin here, within seven days:\n${link}\n\nIf you did not expect this, ignore it.\n`,
    }),
    passwordReset: ({ name, link }) => ({
      subject: 'Reset your Waxos password',
      text: `Hello ${name},\n\nchoose a new password here, within an hour:\n${link}\n\nIf you did not ask for this, ignore it: nothing changes.\n`,
    }),
  },
  'pt-BR': {
    invitation: ({ workspace, by, link }) => ({
      subject: `${by} convidou você para ${workspace}`,
      text: `${by} convidou você para o espaço de trabalho “${workspace}” no Waxos.\n\nEntre por aqui, em até sete dias:\n${link}\n\nSe você não esperava este convite, ignore-o.\n`,
    }),
    passwordReset: ({ name, link }) => ({
      subject: 'Redefina sua senha do Waxos',
      text: `Olá, ${name},\n\nescolha uma nova senha aqui, em até uma hora:\n${link}\n\nSe você não pediu isto, ignore: nada muda.\n`,
    }),
  },
  es: {
    invitation: ({ workspace, by, link }) => ({
      subject: `${by} te invita a ${workspace}`,
      text: `${by} te invita al espacio de trabajo “${workspace}” en Waxos.\n\nÚnete aquí, en un plazo de siete días:\n${link}\n\nSi no lo esperabas, ignora este mensaje.\n`,
    }),
    passwordReset: ({ name, link }) => ({
      subject: 'Restablece tu contraseña de Waxos',
      text: `Hola, ${name}:\n\nElige una contraseña nueva aquí, en el plazo de una hora:\n${link}\n\nSi no lo pediste, ignora este mensaje: no cambia nada.\n`,
    }),
  },
  id: {
    invitation: ({ workspace, by, link }) => ({
      subject: `${by} mengundang Anda ke ${workspace}`,
      text: `${by} mengundang Anda ke ruang kerja “${workspace}” di Waxos.\n\nBergabunglah di sini, dalam tujuh hari:\n${link}\n\nJika Anda tidak menunggu undangan ini, abaikan saja.\n`,
    }),
    passwordReset: ({ name, link }) => ({
      subject: 'Atur ulang kata sandi Waxos Anda',
      text: `Halo ${name},\n\npilih kata sandi baru di sini, dalam satu jam:\n${link}\n\nJika Anda tidak memintanya, abaikan saja: tidak ada yang berubah.\n`,
    }),
  },
  ar: {
    invitation: ({ workspace, by, link }) => ({
      subject: `يدعوك ${by} إلى ${workspace}`,
      text: `يدعوك ${by} إلى مساحة العمل «${workspace}» على Waxos.\n\nانضم من هنا خلال سبعة أيام:\n${link}\n\nإذا لم تكن تتوقع هذه الدعوة فتجاهلها.\n`,
    }),
    passwordReset: ({ name, link }) => ({
      subject: 'إعادة تعيين كلمة مرور Waxos',
      text: `مرحبًا ${name}،\n\nاختر كلمة مرور جديدة من هنا خلال ساعة واحدة:\n${link}\n\nإذا لم تطلب ذلك فتجاهل الرسالة: لن يتغير شيء.\n`,
    }),
  },
};
