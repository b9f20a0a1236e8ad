import type { workspace as english } from '../en/workspace.ts';
import type { Translated } from '../message.ts';

export const workspace: Translated<typeof english> = {
  'home.calm': 'لا شيء ينتظرك.',
  'home.next': 'ما يمكنك فعله الآن',
  'home.devices': 'إضافة جهاز',
  'home.devicesHint': 'كل رقم من أرقام عملك جهاز.',
  'home.invite': 'ادعُ فريقك',
  'home.inviteHint': 'يحصل كل شخص على دور يحدد ما يجوز له فعله.',
  'home.settings': 'حدّد اللغة والمنطقة الزمنية',
  'home.settingsHint': 'تتبعهما رسائل مساحة العمل هذه وأوقاتها.',
  'home.security': 'احمِ حسابك',
  'home.securityHint': 'فعّل الدخول بخطوتين بتطبيق على هاتفك.',
  'home.apiKeys': 'أنشئ مفتاح API',
  'home.apiKeysHint': 'دع برنامجًا آخر لك يستخدم مساحة العمل هذه.',
  'home.members': 'انظر من هنا',
  'home.membersHint': 'أعضاء مساحة العمل هذه وأدوارهم.',

  'newWorkspace.title': 'مساحة عمل جديدة',
  'newWorkspace.intro': 'مساحة العمل نشاط تجاري واحد: لها أعضاؤها وإعداداتها وبياناتها. لا شيء مشترك بين المساحات.',
  'newWorkspace.submit': 'إنشاء مساحة العمل',
  'newWorkspace.created': '{name} جاهزة.',
  'newWorkspace.noneTitle': 'لست في أي مساحة عمل بعد.',
  'newWorkspace.noneHint': 'اطلب من مالك مساحة عمل أو مشرفها دعوة إلى {email}.',

  'workspaceSettings.title': 'مساحة العمل',
  'workspaceSettings.languageHint': 'للرسائل إلى من ليس لهم حساب بعد.',
  'workspaceSettings.timeZoneHint': 'بها تُحسب أيام مساحة العمل هذه وأوقاتها.',
  'workspaceSettings.readOnly': 'لا يغيّر هذا إلا المالكون والمشرفون.',
  'workspaceSettings.created': 'أُنشئت في',
  'workspaceSettings.leaveTitle': 'مغادرة مساحة العمل هذه',
  'workspaceSettings.leaveHint': 'تفقد الوصول فورًا. ولتعود يجب أن يدعوك أحد.',
  'workspaceSettings.leave': 'مغادرة {name}',
  'workspaceSettings.leaveConfirm': 'مغادرة {name}؟',
  'workspaceSettings.left': 'غادرت {name}.',
};
