// <zone-choice>: a choice of time zones that begins with the visitor's own, where none is known.

class ZoneChoice extends HTMLElement {
  connectedCallback() {
    const select = this.querySelector("select[data-guess]");
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const found = select && [...select.options].find((option) => option.value === own);
    if (!found || "guessed" in select.dataset) return;
    for (const option of select.options) option.defaultSelected = option === found;
    select.value = own;
    select.dataset.guessed = "";
  }
}

customElements.define("zone-choice", ZoneChoice);
