"use strict";
(function () {
  var form = document.getElementById("form"), words = form.dataset, work = document.getElementById("work");
  var errors = document.getElementById("errors"), queue = [], busy = false;

  function element(tag, text, inside, kind) {
    var made = document.createElement(tag);
    made.textContent = text;
    if (kind) made.className = kind;
    inside.appendChild(made);
    return made;
  }

  function about(name, text) {
    return words.named.replace("{fault}", function () { return text; }).replace("{file}", function () { return name; });
  }

  function complain(name, text) {
    element("p", about(name, text), errors, "warn");
  }

  function show(sent) {
    var list = document.getElementById("sent");
    list.textContent = "";
    sent.forEach(function (text) { element("li", text, list); });
    document.getElementById("none").hidden = sent.length > 0;
    document.getElementById("done").hidden = sent.length === 0;
  }

  function next() {
    var file = queue.shift();
    busy = Boolean(file);
    if (!file) return;
    if (file.size > Number(words.largest)) {
      complain(file.name, words.tooLarge);
      next();
      return;
    }
    send(file);
  }

  function send(file) {
    var row = element("p", words.sending + " " + file.name, work), bar = element("progress", "", row);
    var request = new XMLHttpRequest(), data = new FormData();
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    data.append("file", file);
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.onprogress = function (event) {
      if (event.lengthComputable) bar.value = event.loaded / event.total;
    };
    request.onloadend = function () {
      var answer = null;
      row.remove();
      try { answer = JSON.parse(request.responseText); } catch (error) { answer = null; }
      if (answer && answer.sent) {
        if (!answer.open) { location.reload(); return; }
        show(answer.sent);
        answer.errors.forEach(function (text) { complain(file.name, text); });
      } else {
        offer(file);
      }
      next();
    };
    request.send(data);
  }

  function offer(file) {
    var row = element("p", about(file.name, words.broken), errors, "warn");
    var button = element("button", words.again, row);
    button.type = "button";
    button.addEventListener("click", function () { row.remove(); add([file]); });
  }

  function add(files) {
    queue = queue.concat(Array.prototype.slice.call(files));
    if (!busy) next();
  }

  ["camera", "choose"].forEach(function (name) {
    var input = document.getElementById(name);
    input.addEventListener("change", function () {
      errors.textContent = "";
      add(input.files);
      input.value = "";
    });
  });
  document.getElementById("send").hidden = true;
  document.documentElement.className = "scripted";
})();
