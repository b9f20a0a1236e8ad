/** Keys that the schemas use as messages, so that pages translate them and the API answers in English. */
export const fieldProblems = {
  required: 'Fill this in.',
  too_long: 'This is too long.',
  invalid: 'This is not valid.',
  invalid_email: 'Write an e-mail address, like ana@example.com.',
  invalid_id: 'This is not an id.',
  invalid_code: 'Write the six digits of the app, or a recovery code.',
  code_wrong: 'This is not the code the app shows now. Wait for the next one and try again.',
  invalid_time_zone: 'Choose a time zone from the list.',
  password_too_short: 'Use at least 10 characters.',
  password_breached: 'This password is on lists of stolen ones. Choose another.',
  password_wrong: 'This is not your current password.',
  email_taken: 'This person is a member already.',
  already_invited: 'This person has an open invitation already.',
  device_name_taken: 'Another device has this name already.',
  device_name_differs: 'This is not the name of the device.',
  risk_unacknowledged: 'A WhatsApp number can only be added when you accept this risk.',
  scope_required: 'Choose at least one permission.',
  expiry_beyond_key: 'A key cannot make one that lives longer than itself.',
  scope_beyond_role: 'You cannot give a key more than your own role allows.',
} as const;

export type FieldProblemKey = keyof typeof fieldProblems;

/** Ties a schema's message to the table, so that a misspelt key does not compile. */
export const problem = (key: FieldProblemKey): FieldProblemKey => key;

export const isFieldProblemKey = (text: string): text is FieldProblemKey => Object.hasOwn(fieldProblems, text);
