/** What a phone has on top of its screen. */
export interface PhoneDialog {
  kind: 'devices' | 'profile' | 'status' | 'new-chat' | 'new-group' | 'join-group';
}
