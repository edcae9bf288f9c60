"""Opens pages in Chromium and says what is wrong with them, as JSON.

usage: page.py CHROMIUM WORK-DIRECTORY FILE...

Speaks the browser's own protocol over two pipes, so nothing but Python's library is needed. Each page is
opened at several widths, in both colour schemes and as on paper; its elements are measured, its contrasts
computed, and it is walked through with the tabulator.
"""

import base64
import json
import os
import pathlib
import select
import subprocess
import sys
import time

WIDTHS = (1280, 768, 390)
PATIENCE = 60

# What a page has to be; returns what is wrong. It runs in the page, which holds no script itself.
CHECK = r"""
(({isPaper}) => {
  const wrong = [];
  const all = [...document.querySelectorAll('body *')];
  const shown = all.filter(e => e.checkVisibility() && !e.closest('defs, .defs'));
  const say = (e, what) => wrong.push(`${what}: <${e.tagName.toLowerCase()}` +
    `${e.id ? ' #' + e.id : ''}> ${(e.textContent || '').trim().slice(0, 60)}`);
  // What is taken from sight for a screen reader alone.
  const isHidden = e => { for (; e; e = e.parentElement)
    if (getComputedStyle(e).clipPath !== 'none' || e.matches('.skip:not(:focus)')) return true; };

  // Nothing is wider than the window, and nothing is cut.
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) wrong.push(`the page is wider than ${width}`);
  for (const e of shown) {
    if (isHidden(e)) continue;
    const box = e.getBoundingClientRect();
    if (box.width && (box.left < -0.5 || box.right > width + 0.5)) say(e, `out of the window`);
    const style = getComputedStyle(e);
    if (style.overflowX !== 'visible' && e.scrollWidth > e.clientWidth + 1 && !(e instanceof SVGElement))
      say(e, 'cut');
    if (['SECTION', 'FIGURE', 'TABLE', 'UL', 'NAV', 'H1', 'H2', 'H3', 'P', 'CAPTION', 'TH', 'ARTICLE', 'SUMMARY']
        .includes(e.tagName) && !e.textContent.trim()) say(e, 'empty');
  }

  // Words do not lie upon each other.
  const words = shown.filter(e => !isHidden(e) && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())
    && !['title', 'desc'].includes(e.tagName));
  const boxes = words.flatMap(e => {
    const range = document.createRange();
    range.selectNodeContents(e);
    return [...(e instanceof SVGElement ? [e.getBoundingClientRect()] : range.getClientRects())].map(box => [e, box]);
  }).filter(([, box]) => box.width > 0).sort((a, b) => a[1].top - b[1].top);
  boxes.forEach(([e, a], i) => {
    for (let j = i + 1; j < boxes.length && boxes[j][1].top < a.bottom - 4; j++) {
      const [other, b] = boxes[j];
      if (e !== other && !e.contains(other) && !other.contains(e)
        && Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4)
        say(e, `overlaps "${other.textContent.trim().slice(0, 40)}"`);
    }
  });

  // Contrast: 4.5 to 1 for words.
  const rgba = text => { const n = text.match(/[\d.]+/g).map(Number); return [n[0], n[1], n[2], n[3] ?? 1]; };
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = e => {
    const box = e.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    if (e instanceof SVGElement) for (const rect of e.ownerSVGElement.querySelectorAll('rect')) {
      const r = rect.getBoundingClientRect();
      if (r.left <= x && x <= r.right && r.top <= y && y <= r.bottom) return rgba(getComputedStyle(rect).fill);
    }
    for (; e; e = e.parentElement) {
      const colour = rgba(getComputedStyle(e).backgroundColor);
      if (colour[3] === 1) return colour;
    }
    return [255, 255, 255, 1];
  };
  let lowest = 99;
  for (const e of words) {
    const style = getComputedStyle(e);
    const [a, b] = [light(rgba(e instanceof SVGElement ? style.fill : style.color)), light(behind(e))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    lowest = Math.min(lowest, contrast);
    if (contrast < 4.5) say(e, `contrast ${contrast.toFixed(2)}`);
  }

  // Headings go down one by one, and every section has one.
  const levels = all.filter(e => /^H[1-6]$/.test(e.tagName)).map(e => Number(e.tagName[1]));
  if (levels.filter(n => n === 1).length !== 1) wrong.push('there is not one h1');
  levels.forEach((n, i) => { if (i && n > levels[i - 1] + 1) wrong.push(`h${n} follows h${levels[i - 1]}`); });
  if (!document.title || !document.documentElement.lang) wrong.push('no title or language');
  if (document.querySelectorAll('main').length !== 1) wrong.push('there is not one main');
  for (const e of all.filter(e => e.tagName === 'SECTION' || e.tagName === 'NAV'))
    if (!e.ariaLabel && !document.getElementById(e.getAttribute('aria-labelledby'))) say(e, 'no name');
  for (const svg of all.filter(e => e.tagName === 'svg')) {
    if (svg.getAttribute('aria-hidden') === 'true') continue;
    const names = (svg.getAttribute('aria-labelledby') || '').split(' ').map(id => document.getElementById(id));
    if (svg.getAttribute('role') !== 'img' || names.length < 2 || names.some(e => !e || !e.textContent.trim()))
      say(svg, 'a drawing without words');
  }
  for (const table of all.filter(e => e.tagName === 'TABLE')) {
    if (!table.caption?.textContent.trim()) say(table, 'no caption');
    if ([...table.querySelectorAll('th')].some(e => !e.scope)) say(table, 'a heading without scope');
    const columns = table.tHead.rows[0].cells.length;
    if ([...table.rows].some(row => row.cells.length !== columns)) say(table, 'rows of unequal length');
    if (getComputedStyle(table).display !== 'table' && !table.getAttribute('role')) say(table, 'no role');
  }
  const ids = all.map(e => e.id).filter(Boolean);
  if (new Set(ids).size !== ids.length) wrong.push('an id is there twice');
  for (const a of all.filter(e => e.tagName === 'A'))
    if (!document.querySelector(a.getAttribute('href'))) say(a, 'leads nowhere');
  for (const e of all) for (const {name} of e.attributes)
    if (name.startsWith('on') || name === 'style') say(e, name);
  for (const name of ['script', 'img', 'iframe', 'object', 'link', 'form'])
    if (document.querySelector(name)) wrong.push(`there is a ${name}`);
  return {wrong: [...new Set(wrong)], sections: [...document.querySelectorAll('section')].map(e => e.id),
    words: words.length, contrast: Number(lowest.toFixed(2)),
    drawn: shown.filter(e => e.getAttribute('role') === 'img').length};
})
"""

# What has the focus, and whether that is seen.
FOCUS = r"""
(() => { const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
  return {name: e === document.body ? null : e.tagName + ' ' + e.textContent.trim().slice(0, 40),
    seen: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && box.width > 0 && box.left >= 0
      && box.top >= 0}; })()
"""


class Browser:
    def __init__(self, program, work):
        (self.theirs, self.out), (self.inward, theirs_out) = os.pipe(), os.pipe()
        args = [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
            f"--user-data-dir={work}/profile", "about:blank",
        ]
        # The browser reads from its descriptor 3 and writes to 4.
        line = f'exec "$0" "$@" 3<&{self.theirs} 4>&{theirs_out}'
        self.process = subprocess.Popen(
            ["bash", "-c", line, program, *args], pass_fds=(self.theirs, theirs_out),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "HOME": work},
        )
        os.close(self.theirs)
        os.close(theirs_out)
        self.rest, self.number, self.events, self.session = b"", 0, [], None

    def message(self, deadline):
        while b"\0" not in self.rest:
            if not select.select([self.inward], [], [], max(0, deadline - time.monotonic()))[0]:
                raise TimeoutError("the browser does not answer")
            piece = os.read(self.inward, 1 << 20)
            if not piece:
                raise EOFError("the browser is gone")
            self.rest += piece
        one, self.rest = self.rest.split(b"\0", 1)
        return json.loads(one)

    def call(self, method, **params):
        self.number += 1
        call = {"id": self.number, "method": method, "params": params}
        if self.session:
            call["sessionId"] = self.session
        os.write(self.out, json.dumps(call).encode() + b"\0")
        deadline = time.monotonic() + PATIENCE
        while True:
            message = self.message(deadline)
            if message.get("id") == self.number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]
            self.events.append(message)

    def wait(self, method):
        deadline = time.monotonic() + PATIENCE
        while all(event.get("method") != method for event in self.events):
            self.events.append(self.message(deadline))

    def evaluate(self, expression):
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"]["exception"]["description"])
        return result["result"].get("value")

    def open(self, url):
        self.session = None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Log", "Runtime"):
            self.call(f"{domain}.enable")
        self.events.clear()
        self.call("Page.navigate", url=url)
        self.wait("Page.loadEventFired")
        return target


def noise(events, url):
    """What a quiet page does not do: ask the network for something, or complain."""
    for event in events:
        method, params = event.get("method"), event.get("params", {})
        if method == "Network.requestWillBeSent" and params["request"]["url"] != url:
            yield f"asks for {params['request']['url'][:80]}"
        elif method == "Log.entryAdded":
            yield f"says {params['entry']['text'][:120]}"
        elif method in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Page.javascriptDialogOpening"):
            yield f"{method}: {json.dumps(params)[:120]}"


def walk(browser):
    """What the tabulator reaches, and what is wrong with that."""
    names, wrong = [], []
    for _ in range(40):
        for kind in ("rawKeyDown", "keyUp"):
            browser.call("Input.dispatchKeyEvent", type=kind, key="Tab", code="Tab", windowsVirtualKeyCode=9)
        focus = browser.evaluate(FOCUS)
        if focus["name"] is None:
            break
        names.append(focus["name"])
        if not focus["seen"]:
            wrong.append(f"the focus is not seen: {focus['name']}")
    return names, wrong


def look(browser, path, work):
    url = pathlib.Path(path).resolve().as_uri()
    target = browser.open(url)
    views, wrong, first = {}, [], None
    for width in WIDTHS:
        for scheme in ("light", "dark"):
            browser.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1,
                         mobile=False)
            feature = {"name": "prefers-color-scheme", "value": scheme}
            browser.call("Emulation.setEmulatedMedia", media="screen", features=[feature])
            found = browser.evaluate(f"{CHECK}({{isPaper: false}})")
            wrong += [f"{width} {scheme}: {what}" for what in found.pop("wrong")]
            views[f"{width} {scheme}"] = found
    # The details are opened, and looked at as well.
    browser.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
    for width in WIDTHS:
        browser.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        found = browser.evaluate(f"{CHECK}({{isPaper: false}})")
        wrong += [f"{width} opened: {what}" for what in found["wrong"]]
    browser.evaluate("document.querySelectorAll('details').forEach(e => e.open = false)")
    # A sheet of A4 within its margins; a reader in the dark prints on white paper all the same.
    browser.call("Emulation.setDeviceMetricsOverride", width=688, height=980, deviceScaleFactor=1, mobile=False)
    browser.call("Emulation.setEmulatedMedia", media="print", features=[feature])
    found = browser.evaluate(f"{CHECK}({{isPaper: true}})")
    wrong += [f"paper: {what}" for what in found["wrong"]]
    views["paper"] = {key: found[key] for key in ("sections", "contrast", "drawn")}
    ground = browser.evaluate("getComputedStyle(document.querySelector('.tiles a') || document.body).color")
    browser.call("Emulation.setEmulatedMedia", media="", features=[])
    pdf = base64.b64decode(browser.call("Page.printToPDF", printBackground=False)["data"])
    pathlib.Path(work, pathlib.Path(path).stem + ".pdf").write_bytes(pdf)
    browser.call("Emulation.setDeviceMetricsOverride", width=1280, height=900, deviceScaleFactor=1, mobile=False)
    browser.evaluate("window.scrollTo(0, 0)")
    names, unseen = walk(browser)
    wrong += unseen + list(noise(browser.events, url))
    browser.call("Page.close")
    return {"wrong": wrong, "views": views, "tabs": names, "pdf": len(pdf), "ink": ground, "target": bool(target)}


def main():
    program, work, *files = sys.argv[1:]
    browser = Browser(program, work)
    try:
        print(json.dumps({pathlib.Path(file).stem: look(browser, file, work) for file in files}))
    finally:
        browser.process.kill()
        browser.process.wait()


main()
