// Typing into a table of numbers as into a sheet: each cell is saved in place, what is typed meanwhile waits its turn, and
// what the server answers is what is shown. Only enhances: without this file the form's button saves everything at once.
(function () {
  "use strict";
  var form = document.querySelector("form[data-grid]");
  if (!form || !window.fetch || !window.URLSearchParams || !window.Map) return;
  var body = form.querySelector("tbody");
  var bar = form.querySelector("[data-grid-bar]");
  var said = bar.querySelector("[data-grid-said]");
  var undo = bar.querySelector("[data-grid-undo]");
  var again = bar.querySelector("[data-grid-again]");
  var list = bar.querySelector("[data-grid-problems]");
  var version = field("_version"), mark = field("_mark"), proof = field("_csrf");
  var waiting = new Map(), sending = null, wantsUndo = false, held = false, tries = 0;
  var wrong = new Map();

  bar.hidden = false;
  form.classList.add("live");
  var undoForm = document.querySelector("[data-grid-hides]");
  if (undoForm) { undoForm.hidden = true; undo.hidden = false; }

  function field(name) { return form.querySelector("input[name=" + name + "]").value; }
  function cells(row) { return Array.prototype.slice.call(row.querySelectorAll("th a, td input")); }
  function typed(row) { return Array.prototype.slice.call(row.querySelectorAll("td input:not([type=checkbox])")); }
  function isBox(cell) { return cell.type === "checkbox"; }
  function value(cell) { return isBox(cell) ? (cell.checked ? "1" : "0") : cell.value.trim(); }
  function saved(cell) { return isBox(cell) ? (cell.defaultChecked ? "1" : "0") : cell.defaultValue; }
  function named(name) { return form.elements.namedItem(name); }
  function tell(text) { said.textContent = text; }

  // Where a cell stands: in words and signs, not by colour alone.
  function show(cell, state) {
    var place = cell.parentNode;
    place.classList.remove("cell-waits", "cell-saved", "cell-wrong");
    if (state) place.classList.add("cell-" + state);
    if (state === "wrong") cell.setAttribute("aria-invalid", "true"); else cell.removeAttribute("aria-invalid");
  }
  function restore(cell) {
    if (isBox(cell)) cell.checked = cell.defaultChecked; else cell.value = cell.defaultValue;
    waiting.delete(cell.name);
    mend(cell.name);
    show(cell, "");
  }
  function store(cell, text) {
    if (isBox(cell)) { cell.defaultChecked = text === "1"; if (!waiting.has(cell.name)) cell.checked = cell.defaultChecked; return; }
    var untouched = cell.value.trim() === cell.defaultValue && !wrong.has(cell.name);
    cell.defaultValue = text;
    if (untouched && !waiting.has(cell.name)) cell.value = text;
  }

  // What is wrong stands in the cell, where somebody else was faster with both ways out; a list above the table leads there.
  function complain(name, message, choice) {
    var cell = named(name);
    mend(name);
    var item = document.createElement("li");
    if (cell) {
      var label = cell.getAttribute("aria-label") || name;
      var note = document.createElement("div");
      note.id = "loi-" + name;
      note.className = "cell-note";
      note.appendChild(document.createTextNode(message));
      if (choice) {
        note.appendChild(button("Giữ số tôi gõ", function () { mend(name); enter(cell); cell.focus(); }));
        note.appendChild(button("Lấy số đó", function () { restore(cell); cell.focus(); }));
      }
      item.appendChild(button(message.indexOf(label) === 0 ? message : label + ": " + message, function () { cell.focus(); }));
      cell.parentNode.appendChild(note);
      cell.setAttribute("aria-describedby", note.id);
      show(cell, "wrong");
    } else {
      item.textContent = message;
    }
    list.appendChild(item);
    list.hidden = false;
    wrong.set(name, item);
  }
  function mend(name) {
    var item = wrong.get(name), cell = named(name), note = document.getElementById("loi-" + name);
    if (item) { item.remove(); wrong.delete(name); }
    if (note) note.remove();
    if (cell) cell.removeAttribute("aria-describedby");
    list.hidden = wrong.size === 0;
  }
  function button(label, act) {
    var made = document.createElement("button");
    made.type = "button";
    made.className = "link";
    made.textContent = label;
    made.addEventListener("click", act);
    return made;
  }

  function enter(cell) {
    if (value(cell) === saved(cell)) { if (waiting.has(cell.name) || wrong.has(cell.name)) restore(cell); return; }
    mend(cell.name);
    waiting.set(cell.name, { value: value(cell), saw: saved(cell) });
    show(cell, "waits");
    window.clearTimeout(enter.soon);
    // One message for what is typed or pasted at once.
    enter.soon = window.setTimeout(send, 30);
  }

  function send() {
    if (sending || held || (!waiting.size && !wantsUndo)) return;
    sending = waiting;
    waiting = new Map();
    var parts = new URLSearchParams({ _csrf: proof, _mark: mark, _version: version, _name: "so" });
    var undoing = sending.size === 0 && wantsUndo;
    if (undoing) parts.set("all", "hoan-tac");
    sending.forEach(function (entry, name) { parts.set(name, entry.value); });
    tell(undoing ? "Đang hoàn tác …" : "Đang lưu " + sending.size + " ô …");
    // Sent again with its mark, a message that did arrive is carried out once.
    var stop = window.AbortController ? new AbortController() : null;
    var patience = window.setTimeout(function () { if (stop) stop.abort(); }, 30000);
    fetch(form.dataset.grid, {
      method: "POST", body: parts, credentials: "same-origin", redirect: "manual",
      headers: { Accept: "application/json" }, signal: stop ? stop.signal : undefined
    }).then(function (answer) {
      window.clearTimeout(patience);
      var type = answer.headers.get("Content-Type") || "";
      if (type.indexOf("json") >= 0) {
        return answer.json().then(function (news) {
          tries = 0;
          if (undoing) wantsUndo = false;
          take(news, answer.status);
        });
      }
      if (answer.status === 429) { later(1000 * (Number(answer.headers.get("Retry-After")) || 10), "Máy chủ bận"); return; }
      hold(answer.type === "opaqueredirect"
        ? "Phiên đăng nhập đã hết. Hãy đăng nhập ở một thẻ khác rồi bấm “Thử lại”; số đã gõ vẫn còn ở đây."
        : "Máy chủ chưa nhận (mã " + answer.status + "). Số đã gõ vẫn còn ở đây; bấm “Thử lại”.");
    }, function () { later(Math.min(30000, 1000 * Math.pow(2, tries)), "Mất kết nối"); tries += 1; });
  }
  function back() {
    var newer = waiting;
    waiting = sending || new Map();
    newer.forEach(function (entry, name) { waiting.set(name, entry); });
    sending = null;
  }
  function later(milliseconds, reason) {
    back();
    held = true;
    tell(reason + ": " + waiting.size + " ô chưa lưu, sẽ tự gửi lại sau " + Math.ceil(milliseconds / 1000) + " giây.");
    window.setTimeout(function () { held = false; send(); }, milliseconds);
  }
  function hold(reason) { back(); held = true; tell(reason); again.hidden = false; }

  function take(news, status) {
    var sent = sending, newer = waiting;
    sending = null;
    version = String(news.version);
    mark = news.mark;
    // Other forms of the page speak of the same numbers, which are shown here as they are now.
    var page = form.action.replace(/[^/]*$/, "");
    document.querySelectorAll("input[name=_version]").forEach(function (input) {
      if (input.form && input.form.action.indexOf(page) === 0) input.value = version;
    });
    if (status === 409) {
      newer.forEach(function (entry, name) { sent.set(name, entry); });
      newer.clear();
    }
    var before = {};
    sent.forEach(function (entry, name) { before[name] = entry; });
    draw(news);
    sent.forEach(function (entry, name) {
      var cell = named(name), problem = news.problems[name];
      if (!cell) return;
      if (status === 409) {
        if (!news.open) { complain(name, news.said); return; }
        // Only what somebody else typed into this very cell is a question; a number that merely re-balanced is not.
        var box = named("k-" + name.slice(2));
        if (saved(cell) !== entry.saw && box && box.defaultChecked && saved(cell) !== entry.value) {
          var now = isBox(cell) ? (cell.defaultChecked ? "đã khóa" : "đã bỏ khóa") : saved(cell);
          complain(name, "nay là " + now + (news.other ? " (" + news.other + ")" : "") + "; bạn gõ " + entry.value + ".", true);
        } else {
          waiting.set(name, { value: entry.value, saw: saved(cell) });
        }
        return;
      }
      if (newer.has(name)) return;
      if (problem) { complain(name, problem); return; }
      if (status !== 200) { complain(name, news.problems[""] || news.said); return; }
      // The server writes numbers its way: 12345 becomes 12.345.
      if (!isBox(cell) && value(cell) === entry.value) cell.value = cell.defaultValue;
      show(cell, value(cell) === saved(cell) ? "saved" : "");
    });
    undo.hidden = !news.undoes;
    if (status === 409 && !sent.size) wantsUndo = false;
    tell(status === 409 && waiting.size ? "Có người vừa sửa phương án; đang lưu lại số của bạn …" : news.said);
    if (waiting.size || wantsUndo) send();
  }

  // Shows what is stored. What is being typed, waits or was refused stays as it was typed.
  function draw(news) {
    ["total", "compulsory", "voluntary", "spread"].forEach(function (name) {
      var place = document.querySelector("[data-sum=" + name + "]");
      if (place && news[name] != null) place.textContent = news[name];
    });
    news.rows.forEach(function (row) {
      var line = document.getElementById("dv-" + row.code);
      if (!line) return;
      var places = line.cells, last = places.length - 1;
      put(places[last], row.locked ? "1" : "0");
      put(places[last - 2], row.voluntary);
      if (last > 5) { put(places[last - 3], row.compulsory); put(places[last - 4], row.total); }
      places[last - 1].textContent = row.growth + (row.bound ? " ●" : "");
    });
  }
  function put(place, text) {
    var cell = place.querySelector("input");
    if (!cell) { place.textContent = text; return; }
    if (place.classList.contains("cell-saved")) show(cell, "");
    store(cell, text);
  }

  // From cell to cell.
  function go(cell) { if (!cell) return false; cell.focus(); if (cell.select && !isBox(cell)) cell.select(); return true; }
  function beside(cell, lines, steps) {
    var row = cell.closest("tr"), line = cells(row), column = line.indexOf(cell);
    if (lines) {
      row = lines > 0 ? row.nextElementSibling : row.previousElementSibling;
      return row ? cells(row)[column] : null;
    }
    return line[column + steps] || null;
  }
  function following(cell, step) {
    var all = Array.prototype.slice.call(body.querySelectorAll("td input"));
    return all[all.indexOf(cell) + step];
  }
  function atEdge(cell, step) {
    if (isBox(cell) || cell.tagName === "A") return true;
    var whole = cell.selectionStart === 0 && cell.selectionEnd === cell.value.length;
    var edge = step < 0 ? 0 : cell.value.length;
    return whole || (cell.selectionStart === edge && cell.selectionEnd === edge);
  }

  body.addEventListener("keydown", function (event) {
    var cell = event.target;
    if (event.isComposing || event.altKey || !cell.matches("td input, th a")) return;
    var moved = false, key = event.key;
    if (event.ctrlKey || event.metaKey) {
      if (key.toLowerCase() === "z" && !event.shiftKey && cell.tagName !== "A" && value(cell) === saved(cell) && !undo.hidden) {
        event.preventDefault();
        takeBack();
      }
      return;
    }
    if (key === "Enter" && cell.tagName !== "A") {
      event.preventDefault();
      enter(cell);
      go(beside(cell, event.shiftKey ? -1 : 1, 0));
      return;
    }
    if (key === "Tab" && cell.tagName !== "A") moved = go(following(cell, event.shiftKey ? -1 : 1));
    if (key === "ArrowDown" && !event.shiftKey) moved = go(beside(cell, 1, 0));
    if (key === "ArrowUp" && !event.shiftKey) moved = go(beside(cell, -1, 0));
    if (key === "ArrowLeft" && !event.shiftKey && atEdge(cell, -1)) moved = go(beside(cell, 0, -1));
    if (key === "ArrowRight" && !event.shiftKey && atEdge(cell, 1)) moved = go(beside(cell, 0, 1));
    if (key === "Escape" && cell.tagName !== "A") { restore(cell); if (!isBox(cell)) cell.select(); moved = true; }
    if (moved) event.preventDefault();
  });
  body.addEventListener("focusin", function (event) { if (event.target.matches("td input:not([type=checkbox])")) event.target.select(); });
  body.addEventListener("change", function (event) { if (event.target.matches("td input")) enter(event.target); });

  // A column or a block of a spreadsheet. Where its first column holds names or codes, lines find their rows by them.
  body.addEventListener("paste", function (event) {
    var cell = event.target;
    if (!cell.matches("td input:not([type=checkbox])") || !event.clipboardData) return;
    var text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n+$/, "");
    if (!/[\n\t]/.test(text)) return;
    event.preventDefault();
    var block = text.split("\n").map(function (line) { return line.split("\t"); });
    var width = Math.max.apply(null, block.map(function (line) { return line.length; }));
    var start = cell.closest("tr"), column = typed(start).indexOf(cell), lost = [], filled = 0;
    var byName = width > 1 && block.every(function (line) { return !line[0].trim() || rowOf(line[0]) || !/^[\s\d.,]*$/.test(line[0]); })
      && block.some(function (line) { return rowOf(line[0]); });
    block.forEach(function (line, index) {
      var row = start;
      if (byName) {
        row = rowOf(line[0]);
        line = line.slice(1);
      } else {
        for (var step = 0; step < index && row; step += 1) row = row.nextElementSibling;
      }
      if (!row) { if (line.join("").trim()) lost.push(byName ? block[index][0].trim() : "dòng " + (index + 1)); return; }
      var targets = typed(row).slice(column);
      // A block wider than the cells that are typed into holds the columns between them too.
      if (line.length > targets.length && targets.length) {
        var places = Array.prototype.slice.call(row.cells), from = places.indexOf(targets[0].parentNode);
        targets = places.slice(from).map(function (place) { return place.querySelector("input:not([type=checkbox])"); });
      }
      line.forEach(function (part, offset) {
        var target = targets[offset];
        if (!target || !part.trim()) return;
        target.value = part.trim();
        enter(target);
        filled += 1;
      });
    });
    tell("Đã dán " + filled + " ô." + (lost.length ? " Không tìm thấy: " + lost.slice(0, 5).join(", ") + (lost.length > 5 ? " …" : "") + "." : ""));
    mend("dan");
    if (lost.length) complain("dan", "Chưa dán " + lost.length + " dòng, không tìm thấy đơn vị: " + lost.slice(0, 5).join(", ") + (lost.length > 5 ? " …" : ""));
  });
  var rows = null;
  function plain(name) {
    return name.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase()
      .replace(/^\s*(ubnd|uy ban nhan dan)\s+/, "").replace(/\s+/g, " ").trim();
  }
  function rowOf(name) {
    if (!rows) {
      rows = {};
      Array.prototype.forEach.call(body.rows, function (row) {
        rows[plain(row.cells[0].textContent)] = row;
        rows[row.id.replace(/^dv-/, "")] = row;
      });
    }
    return rows[name.trim()] || rows[plain(name)];
  }

  function takeBack() { wantsUndo = true; send(); }
  undo.addEventListener("click", takeBack);
  // After signing in anew the page's proof is another; what was typed is sent with it.
  again.addEventListener("click", function () {
    again.hidden = true;
    fetch(location.pathname, { credentials: "same-origin", redirect: "manual" }).then(function (answer) {
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.text();
    }).then(function (text) {
      var fresh = new DOMParser().parseFromString(text, "text/html").querySelector("form[data-grid]");
      if (!fresh) throw new Error("closed");
      proof = fresh.querySelector("input[name=_csrf]").value;
      mark = fresh.querySelector("input[name=_mark]").value;
      document.querySelectorAll("input[name=_csrf]").forEach(function (input) { input.value = proof; });
      held = false;
      send();
    }).catch(function () { hold("Vẫn chưa gửi được. Số đã gõ vẫn còn ở đây; hãy đăng nhập ở một thẻ khác rồi bấm “Thử lại”."); });
  });
  window.addEventListener("beforeunload", function (event) {
    if (waiting.size || sending) { event.preventDefault(); event.returnValue = ""; }
  });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
})();
