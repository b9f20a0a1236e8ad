/** The words of a failure, fit for a log: without the phone numbers and ids that a page's errors name. */
export const withoutNumbers = (text: string): string => text.replaceAll(/[\d+][\d\s().-]{4,}/g, '…').slice(0, 200);
