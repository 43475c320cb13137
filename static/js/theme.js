// Runs before the first paint: neither a remembered theme nor the head of who is signed in may flash.
// A classic script on purpose.
(() => {
  const root = document.documentElement;
  root.classList.add("has-script");
  const person = document.cookie.match(/(?:^|; )nexus-person=([0-9a-f-]{36})/)?.[1];
  if (person) root.dataset.person = person;
  try {
    const theme = localStorage.getItem("nexus.theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch {
    // Storage may be closed to us: the system's theme is right then.
  }
})();
