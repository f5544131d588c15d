// Only enhances: every page works without this file.
(function () {
  "use strict";
  document.addEventListener("submit", function (event) {
    var button = event.target.querySelector("button[type=submit]");
    if (!button) return;
    if (event.target.dataset.sent) { event.preventDefault(); return; }
    if (event.target.method === "post") {
      event.target.dataset.sent = "yes";
      button.setAttribute("aria-disabled", "true");
      window.setTimeout(function () { delete event.target.dataset.sent; button.removeAttribute("aria-disabled"); }, 8000);
    }
  });
  document.querySelectorAll("[data-copy]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      var source = document.getElementById(button.dataset.copy);
      if (!source || !navigator.clipboard) return;
      navigator.clipboard.writeText(source.textContent).then(function () { button.textContent = "Đã chép"; });
    });
  });
  // Whoever types alone may look at what was typed.
  document.querySelectorAll("input[type=password]").forEach(function (input) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "link";
    button.textContent = "Hiện";
    button.setAttribute("aria-label", "Hiện mật khẩu đã nhập");
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", function () {
      var shown = input.type === "password";
      input.type = shown ? "text" : "password";
      button.textContent = shown ? "Ẩn" : "Hiện";
      button.setAttribute("aria-pressed", shown ? "true" : "false");
    });
    input.insertAdjacentElement("afterend", button);
    // A shown password is none that a browser may keep as a text.
    if (input.form) input.form.addEventListener("submit", function () { input.type = "password"; });
  });
  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });
  // Rows of places that scroll sideways on a phone begin at the one that is open.
  document.querySelectorAll("nav ul, .years").forEach(function (row) {
    var here = row.scrollWidth > row.clientWidth && row.querySelector(":scope > li > [aria-current]");
    if (here) row.scrollLeft = here.parentNode.offsetLeft - row.offsetLeft - 24;
  });
  document.querySelectorAll("form[data-live]").forEach(function (form) {
    form.addEventListener("change", function () { if (form.requestSubmit) form.requestSubmit(); });
  });
  // The stroke leads to the field in which words are looked for; arrows go through what was found.
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    var typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) || event.target.isContentEditable;
    if (event.key === "/" && !typing) {
      var field = document.querySelector("main [data-search]") || document.querySelector("[data-search]");
      if (!field) return;
      event.preventDefault();
      field.focus();
      field.select();
      return;
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    var links = Array.prototype.slice.call(document.querySelectorAll("[data-results] a"));
    var place = links.indexOf(document.activeElement);
    var inField = document.activeElement && document.activeElement.matches("main [data-search]");
    if (!links.length || (place < 0 && !inField)) return;
    event.preventDefault();
    var next = place + (event.key === "ArrowDown" ? 1 : -1);
    if (links[next]) links[next].focus(); else if (next < 0) document.querySelector("main [data-search]").focus();
  });
  // What goes on by itself is renewed in its place; the page is loaded anew only when it can do something else.
  function follow(part) {
    window.setTimeout(function () {
      if (document.hidden) { follow(part); return; }
      fetch(location.href, { credentials: "same-origin" }).then(function (answer) {
        if (!answer.ok) throw new Error(answer.status);
        return answer.text();
      }).then(function (text) {
        var fresh = new DOMParser().parseFromString(text, "text/html").querySelector("[data-renew]");
        if (!fresh || fresh.dataset.renew !== part.dataset.renew) { location.reload(); return; }
        part.replaceWith(fresh);
        follow(fresh);
      }).catch(function () { follow(part); });
    }, 2000);
  }
  var renewed = document.querySelector("[data-renew]");
  if (renewed) follow(renewed);
  // A map and the rows beside it: what is pointed at in one is marked in the other. A finger chooses the nearest area,
  // which is then opened from under the map.
  document.querySelectorAll(".map svg").forEach(function (map) {
    var areas = {}, rows = {}, chosen = null;
    var choice = map.parentNode.querySelector(".map-choice");
    var mark = document.createElementNS(map.namespaceURI, "path");
    mark.setAttribute("class", "mark");
    map.querySelectorAll("a").forEach(function (area) { areas[area.getAttribute("href")] = area; });
    document.querySelectorAll("main table a, main li a").forEach(function (link) {
      var address = link.getAttribute("href");
      if (areas[address] && !rows[address]) rows[address] = link.closest("tr, li");
    });
    function choose(address, scrolls) {
      if (address === chosen || !areas[address]) return;
      if (areas[chosen]) areas[chosen].classList.remove("chosen");
      if (rows[chosen]) rows[chosen].classList.remove("chosen");
      chosen = address;
      areas[address].classList.add("chosen");
      mark.setAttribute("d", areas[address].querySelector("path").getAttribute("d"));
      areas[address].parentNode.parentNode.parentNode.appendChild(mark);
      var row = rows[address];
      if (!row) return;
      row.classList.add("chosen");
      var box = row.closest(".tall");
      if (scrolls && box) box.scrollTop += row.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 2;
    }
    function point(event) {
      var link = event.target.closest("a");
      if (link && map.contains(link)) choose(link.getAttribute("href"), true);
    }
    map.addEventListener("mouseover", point);
    map.addEventListener("focusin", point);
    Object.keys(rows).forEach(function (address) {
      ["mouseover", "focusin"].forEach(function (kind) {
        rows[address].addEventListener(kind, function () { choose(address, false); });
      });
    });
    map.addEventListener("click", function (event) {
      if (event.target.closest("a") || !choice) return;
      var nearest = null, least = 30;
      Object.keys(areas).forEach(function (address) {
        var box = areas[address].querySelector("path").getBoundingClientRect();
        var away = Math.hypot(event.clientX - box.left - box.width / 2, event.clientY - box.top - box.height / 2);
        if (event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom) away += 12;
        if (away < least) { least = away; nearest = address; }
      });
      if (!nearest) return;
      choose(nearest, true);
      var link = document.createElement("a");
      link.className = "button";
      link.href = nearest;
      link.textContent = "Mở " + areas[nearest].querySelector("text").textContent;
      choice.replaceChildren(link);
      choice.hidden = false;
    });
  });
  var summary = document.querySelector(".error-summary");
  if (summary) summary.focus();
})();
