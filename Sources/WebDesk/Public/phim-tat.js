// Keys of a page whose deeds are marked with data-key: links are followed, forms sent, folded parts opened, boxes ticked.
// Only enhances. Keys can be switched off, and do nothing while somebody types.
(function () {
  "use strict";
  var words = document.querySelector("[data-keys]");
  var box = document.querySelector("[data-keys-on]");
  var off = false;
  try { off = window.localStorage.getItem("bao-phu-phim-tat") === "tat"; } catch (error) { off = false; }
  if (words) words.hidden = false;
  if (box) {
    box.checked = !off;
    box.addEventListener("change", function () {
      off = !box.checked;
      try { window.localStorage.setItem("bao-phu-phim-tat", off ? "tat" : "bat"); } catch (error) { return; }
    });
  }
  function types(target) { return target.matches && target.matches("input:not([type=checkbox]), textarea, select, [contenteditable]"); }
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
    if (event.key === "Escape" && types(event.target)) { event.target.blur(); return; }
    if (off || types(event.target)) return;
    var key = event.key.toLowerCase();
    if (key === "?") { if (words) words.hidden = !words.hidden; event.preventDefault(); return; }
    var found = /^[a-z]$/.test(key) && document.querySelector("[data-key=" + key + "]");
    if (!found || found.hidden) return;
    event.preventDefault();
    if (found.tagName === "SUMMARY") {
      found.parentNode.open = true;
      var field = found.parentNode.querySelector("textarea, input:not([type=hidden])");
      (field || found).focus();
      return;
    }
    var button = found.matches("a, input, button") ? found : found.querySelector("button[type=submit]");
    if (button) button.click();
  });
  // What can be done for a while only goes when the while is over.
  document.querySelectorAll("[data-gone-after]").forEach(function (part) {
    window.setTimeout(function () {
      if (part.contains(document.activeElement)) document.getElementById("noi-dung").focus();
      part.remove();
    }, 1000 * Number(part.dataset.goneAfter));
  });
  document.querySelectorAll("[data-choose]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      var boxes = button.form.querySelectorAll("input[type=checkbox][name=" + button.dataset.choose + "]");
      var all = Array.prototype.every.call(boxes, function (one) { return one.checked; });
      boxes.forEach(function (one) { one.checked = !all; });
    });
  });
})();
