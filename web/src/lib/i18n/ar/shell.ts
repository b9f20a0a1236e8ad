import type { shell as english } from '../en/shell.ts';
import type { Translated } from '../message.ts';

export const shell: Translated<typeof english> = {
  'shell.skip': 'الانتقال إلى المحتوى',
  'shell.main': 'الرئيسية',
  'shell.home': 'البداية',
  'shell.devices': 'الأجهزة',
  'shell.settings': 'الإعدادات',
  'shell.account': 'الحساب',
  'shell.accountOf': 'الحساب: {name}',
  'shell.pin': 'إبقاء الأسماء ظاهرة',
  'shell.unpin': 'إظهار الأيقونات فقط',
  'shell.workspace': 'مساحة العمل {name}، تبديل',
  'shell.workspaces': 'مساحات العمل',
  'shell.newWorkspace': 'مساحة عمل جديدة',
  'shell.profile': 'الملف الشخصي',
  'shell.security': 'الأمان',
  'shell.theme': 'المظهر',
  'shell.language': 'اللغة',
  'shell.expelled': 'لم تعد عضوًا في {name}.',
  'shell.signOut': 'تسجيل الخروج',

  'themes.system': 'كما في النظام',
  'themes.light': 'فاتح',
  'themes.dark': 'داكن',

  'settings.title': 'الإعدادات',
  'settings.workspace': 'مساحة العمل',
  'settings.members': 'الأعضاء',
  'settings.apiKeys': 'مفاتيح API',
  'settings.audit': 'سجل التدقيق',
};
