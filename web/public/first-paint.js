// Runs before the first paint, so that a chosen theme does not flash and an Arabic page does not flip.
// A file of its own because the content security policy allows no inline script.
(function () {
  try {
    var theme = localStorage.getItem('waxos.theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
    var locale = localStorage.getItem('waxos.locale');
    if (locale) {
      document.documentElement.lang = locale;
      document.documentElement.dir = locale === 'ar' ? 'rtl' : 'ltr';
    }
  } catch (error) {
    // Storage may be forbidden by the browser; then the page follows the system.
    console.warn('Waxos could not read its settings in this browser.', error);
  }
})();
