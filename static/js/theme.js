// Runs before the first paint: a remembered theme must not flash. A classic script on purpose.
(() => {
  const root = document.documentElement;
  root.classList.add("has-script");
  try {
    const theme = localStorage.getItem("nexus.theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch {
    // Storage may be closed to us: the system's theme is right then.
  }
})();
