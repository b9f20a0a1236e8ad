/** Offered for reactions and in the composer; every other one can be typed. */
export const quickEmoji = ['👍', '❤️', '😂', '😮', '😢', '🙏'] as const;
export const moreEmoji = ['😀', '😅', '😊', '😍', '😉', '🤔', '😎', '😴', '🙄', '😡', '👋', '👏', '💪', '🤝', '👌', '✅', '❌', '❗', '❓', '⭐', '🔥', '🎉', '🎁', '☕', '🍕', '🚚', '📦', '📍', '📞', '💬', '💡', '⏰'] as const;
