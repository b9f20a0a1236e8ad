import type { controls as english } from '../en/controls.ts';
import type { Translated } from '../message.ts';

export const controls: Translated<typeof english> = {
  'controls.actionsFor': 'إجراءات {name}',
  'controls.cancel': 'إلغاء',
  'controls.close': 'إغلاق',
  'controls.continue': 'متابعة',
  'controls.copied': 'تم النسخ',
  'controls.copy': 'نسخ',
  'controls.copyFailed': 'لم يسمح هذا المتصفح بالنسخ. حدّد النص وانسخه بنفسك.',
  'controls.dismiss': 'إخفاء هذه الرسالة',
  'controls.done': 'تم',
  'controls.download': 'تنزيل',
  'controls.hidePassword': 'إخفاء كلمة المرور',
  'controls.loadMore': 'تحميل المزيد',
  'controls.loading': 'جارٍ التحميل…',
  'controls.messages': 'رسائل',
  'controls.save': 'حفظ',
  'controls.saved': 'تم الحفظ.',
  'controls.showPassword': 'إظهار كلمة المرور',
  'controls.tryAgain': 'إعادة المحاولة',

  'states.broken': 'تعطّلت هذه الصفحة.',
  'states.brokenHint': 'حمّلها من جديد. إذا استمر ذلك، فأخبر من يدير Waxos هذا بما فعلته قبل ذلك.',
  'states.failed': 'تعذّر تحميل هذا.',
  'states.notFound': 'هذه الصفحة غير موجودة.',
  'states.notFoundHint': 'العنوان خاطئ، أو أن ما كان هنا لم يعد موجودًا.',
  'states.notAllowed': 'دورك لا يعرض هذا.',
  'states.notAllowedHint': 'اطلبه من مالك مساحة العمل أو مشرفها إن احتجت إليه.',
  'states.offline': 'أنت غير متصل. قد يكون ما تراه قديمًا، ولن يُحفظ شيء حتى يعود الاتصال.',
  'states.requestId': 'معرّف الطلب: {id}',
  'states.toStart': 'الذهاب إلى صفحة البداية',
};
