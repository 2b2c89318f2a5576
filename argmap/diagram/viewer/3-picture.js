// A picture: move and zoom by drag, pinch, buttons and keys; search; go from box to box with the arrow keys.

const PICTURES = new Map();
const READABLE = 1.05; // pixels per point; below this, words are too small to read
const LARGEST = 6;

class Picture {
  constructor(figure) {
    this.figure = figure;
    this.port = figure.querySelector(".viewport");
    this.svg = this.port.querySelector("svg");
    this.port.classList.add("ready");
    this.wide = Number(figure.dataset.wide);
    this.high = Number(figure.dataset.high);
    this.fingers = new Map();
    this.svg.style.width = `${this.wide}px`;
    this.svg.style.height = `${this.high}px`;
    this.settle();
    this.listen();
    this.searching();
    this.overview();
    this.boxes[0]?.setAttribute("tabindex", "0");
    this.ready = this.fold();
    new ResizeObserver(() => this.resized()).observe(this.port);
  }

  get boxes() {
    return all("[data-claims]", this.svg);
  }

  /** What the arrow keys go to: boxes, and the buttons that fold. */
  get stops() {
    return all("[data-claims], .folder", this.svg);
  }

  /** Make branches fold. A browser that cannot unpack them keeps the signs that count them. */
  async fold() {
    if (!this.figure.dataset.parts) return;
    try {
      this.branches = new Branches(this.svg, JSON.parse(await unpack(this.figure.dataset.parts)));
    } catch (error) {
      console.warn(error);
    }
  }

  toggle(block, open) {
    if (this.branches.toggle(block, open)) this.changed();
  }

  /** Take the new size after branches were folded or unfolded. */
  changed() {
    const { root, size } = this.branches;
    const { figure, svg } = this;
    this.base ??= { w: this.wide, h: this.high };
    this.wide = Math.max(this.base.w, this.base.w + root.w - size.w);
    this.high = this.base.h + Math.max(0, root.h - size.h);
    [figure.dataset.wide, figure.dataset.high] = [this.wide, this.high];
    svg.setAttribute("viewBox", `0 0 ${this.wide} ${this.high}`);
    [svg.style.width, svg.style.height] = [`${this.wide}px`, `${this.high}px`];
    VIEW.added(svg);
    if (!figure.matches(".large")) frameOf(figure);
    this.set(this.scale, this.x, this.y);
    this.overview();
  }

  /** Box of a claim; what is folded above it is unfolded. */
  find(ref) {
    const block = this.branches?.byClaim.get(ref);
    if (!block) return this.boxes.find((box) => refsOf(box).includes(ref));
    if (this.branches.unfoldTo(block)) this.changed();
    return block.own[0];
  }

  get frame() {
    return { w: this.port.clientWidth, h: this.port.clientHeight };
  }

  /** Scale at which the whole picture is visible. */
  get whole() {
    const { w, h } = this.frame;
    return Math.min(w / this.wide, h / this.high, 2);
  }

  /** First view: as wide as the window if that is readable, else the thesis at a readable size. */
  settle() {
    const w = this.port.clientWidth;
    frameOf(this.figure);
    this.width = w;
    this.look();
  }

  look() {
    const w = this.port.clientWidth;
    const scale = Math.min(w / this.wide, 1.4);
    if (scale >= READABLE || !this.figure.matches(".map")) {
      this.set(scale, (w - this.wide * scale) / 2, 0);
      return;
    }
    const thesis = this.svg.querySelector(".thesis[data-claims]") ?? this.boxes[0];
    this.set(Math.min(READABLE, (0.92 * w) / (thesis?.getBBox().width || 1)), 0, 0);
    if (thesis) this.show(thesis, { top: true });
    if (this.y > -this.frame.h / 3) this.set(this.scale, this.x, 0);
  }

  resized() {
    if (this.port.clientWidth !== this.width && !this.figure.classList.contains("large")) this.settle();
  }

  set(scale, x, y) {
    const { w, h } = this.frame;
    this.scale = Math.min(Math.max(scale, this.whole * 0.8), LARGEST);
    // Keep part of the picture in the window.
    const keep = 60;
    this.x = Math.min(Math.max(x, keep - this.wide * this.scale), w - keep);
    this.y = Math.min(Math.max(y, keep - this.high * this.scale), h - keep);
    this.svg.style.transform = `translate(${this.x}px, ${this.y}px) scale(${this.scale})`;
    this.where();
    const zoomed = this.wide * this.scale > w + 2 && this.high * this.scale > h + 2;
    this.port.classList.toggle("free", this.figure.classList.contains("large") || (zoomed && this.grabbed === true));
  }

  zoom(factor, at) {
    const { w, h } = this.frame;
    const { x, y } = at ?? { x: w / 2, y: h / 2 };
    const scale = Math.min(Math.max(this.scale * factor, this.whole * 0.8), LARGEST);
    const ratio = scale / this.scale;
    this.set(scale, x - (x - this.x) * ratio, y - (y - this.y) * ratio);
  }

  fit() {
    const { w, h } = this.frame;
    const scale = this.whole;
    this.set(scale, (w - this.wide * scale) / 2, (h - this.high * scale) / 2);
  }

  large(on) {
    const { figure } = this;
    figure.classList.toggle("large", on);
    // The covered page cannot be reached.
    for (let at = figure; at !== document.body; at = at.parentElement) {
      for (const beside of at.parentElement.children) if (beside !== at && beside.id !== "tray") beside.inert = on;
    }
    const button = figure.querySelector('[data-do="large"]');
    button.setAttribute("aria-pressed", String(on));
    button.textContent = on ? "Back to the page" : "Full window";
    if (on && this.whole > READABLE * 0.45) this.fit();
    else if (on) this.look();
    else {
      this.settle();
      figure.scrollIntoView({ block: "nearest" });
    }
  }

  /** Show a box in the window at a readable size. */
  show(box, how = {}) {
    const scale = Math.max(this.scale, READABLE * 0.8);
    const frame = this.port.getBoundingClientRect();
    const at = box.getBoundingClientRect();
    const x = (at.left + at.width / 2 - frame.left - this.x) / this.scale;
    const y = (at.top + (how.top ? 0 : at.height / 2) - frame.top - this.y) / this.scale;
    const { w, h } = this.frame;
    // A picture larger than the window leaves no empty space beside it.
    const within = (want, room, size) => (size <= room ? (room - size) / 2 : Math.min(Math.max(want, room - size), 0));
    this.set(scale, within(w / 2 - x * scale, w, this.wide * scale), within((how.top ? 24 : h / 2) - y * scale, h, this.high * scale));
  }

  /** Move only as far as needed. */
  nudge(box) {
    this.port.scrollTo(0, 0);
    const frame = this.port.getBoundingClientRect();
    const at = box.getBoundingClientRect();
    if (at.left < frame.left || at.right > frame.right || at.top < frame.top || at.bottom > frame.bottom) this.show(box);
  }

  listen() {
    const { port, svg } = this;
    const spot = (event) => {
      const frame = port.getBoundingClientRect();
      return { x: event.clientX - frame.left, y: event.clientY - frame.top };
    };
    port.addEventListener("wheel", (event) => {
      // The wheel scrolls the page; with Ctrl (also sent by a pinch on a touchpad) it zooms.
      const large = this.figure.classList.contains("large");
      if (!event.ctrlKey && !event.metaKey && !large) return;
      event.preventDefault();
      if (event.ctrlKey || event.metaKey) this.zoom(Math.exp(-event.deltaY * 0.01), spot(event));
      else this.set(this.scale, this.x - event.deltaX, this.y - event.deltaY);
    }, { passive: false });
    port.addEventListener("pointerdown", (event) => {
      if (event.button > 0) return;
      this.fingers.set(event.pointerId, spot(event));
      this.dragged = 0;
      port.classList.add("moving");
    });
    port.addEventListener("pointermove", (event) => {
      const last = this.fingers.get(event.pointerId);
      if (!last) return;
      const now = spot(event);
      if (this.fingers.size === 2) {
        const other = [...this.fingers].find(([id]) => id !== event.pointerId)[1];
        const far = (point) => Math.hypot(point.x - other.x, point.y - other.y) || 1;
        this.zoom(far(now) / far(last), { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
      } else {
        this.dragged += Math.abs(now.x - last.x) + Math.abs(now.y - last.y);
        if (this.dragged > 4) {
          port.setPointerCapture?.(event.pointerId);
          port.classList.add("held-fast");
        }
        this.set(this.scale, this.x + now.x - last.x, this.y + now.y - last.y);
      }
      this.fingers.set(event.pointerId, now);
    });
    const lift = (event) => {
      this.fingers.delete(event.pointerId);
      if (this.fingers.size) return;
      port.classList.remove("moving", "held-fast");
    };
    port.addEventListener("pointerup", lift);
    port.addEventListener("pointercancel", lift);
    port.addEventListener("pointerleave", (event) => {
      if (!port.hasPointerCapture?.(event.pointerId)) lift(event);
    });
    svg.addEventListener("click", (event) => {
      if (this.dragged > 4) return;
      const pill = event.target.closest(".folder");
      const box = event.target.closest("[data-claims]");
      const change = event.target.closest("[data-change]");
      if (pill) this.toggle(pill.block);
      else if (box) VIEW.choose(refsOf(box), { from: box });
      else if (change) VIEW.change(change.dataset.change);
    });
    port.addEventListener("dblclick", (event) => this.zoom(1.7, spot(event)));
    port.addEventListener("keydown", (event) => this.key(event));
    port.addEventListener("focusin", (event) => {
      if (!event.target.matches("[data-claims], .folder")) return;
      for (const box of this.stops) box.setAttribute("tabindex", box === event.target ? "0" : "-1");
      if (event.target.matches(":focus-visible")) this.nudge(event.target);
    });
    for (const button of all("[data-do]", this.figure)) {
      button.addEventListener("click", () => {
        const does = { in: () => this.zoom(1.35), out: () => this.zoom(1 / 1.35), fit: () => this.fit(), large: () => this.large(!this.figure.classList.contains("large")) };
        does[button.dataset.do]();
      });
    }
    this.figure.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.figure.classList.contains("large")) return;
      event.preventDefault();
      this.large(false);
    });
  }

  /** A small overview with a frame around the visible part; a press goes there. */
  overview() {
    this.plan?.remove();
    const plan = make("div", { class: "plan", "aria-hidden": "true" }, make("canvas"), make("div", { class: "plan-frame" }));
    this.plan = plan;
    const room = this.frame;
    this.planScale = Math.min(Math.sqrt(16000 / (this.wide * this.high)), (room.h * 0.6) / this.high, (room.w * 0.25) / this.wide);
    const canvas = plan.firstChild;
    const [w, h] = [this.wide * this.planScale, this.high * this.planScale];
    plan.style.width = canvas.style.width = `${w}px`;
    plan.style.height = canvas.style.height = `${h}px`;
    const dense = Math.min(devicePixelRatio || 1, 2);
    [canvas.width, canvas.height] = [w * dense, h * dense];
    this.port.append(plan);
    const draw = canvas.getContext("2d");
    draw.scale(dense * this.planScale, dense * this.planScale);
    const frame = this.svg.getBoundingClientRect();
    draw.fillStyle = "#8a94a0";
    for (const box of this.boxes) {
      const at = box.getBoundingClientRect();
      draw.fillRect((at.left - frame.left) / this.scale, (at.top - frame.top) / this.scale, at.width / this.scale, at.height / this.scale);
    }
    const go = (event) => {
      if (!event.buttons) return;
      event.preventDefault();
      event.stopPropagation();
      const at = plan.getBoundingClientRect();
      const size = this.frame;
      this.set(this.scale, size.w / 2 - ((event.clientX - at.left) / this.planScale) * this.scale, size.h / 2 - ((event.clientY - at.top) / this.planScale) * this.scale);
    };
    plan.addEventListener("pointerdown", (event) => {
      plan.setPointerCapture(event.pointerId);
      go(event);
    });
    plan.addEventListener("pointermove", go);
    plan.addEventListener("dblclick", (event) => event.stopPropagation());
    this.where();
  }

  /** Move the frame of the overview; hide the overview when all is visible. */
  where() {
    if (!this.plan) return;
    const { w, h } = this.frame;
    const all = this.wide * this.scale <= w + 4 && this.high * this.scale <= h + 4;
    this.plan.hidden = all || w < 500;
    const near = this.planScale / this.scale;
    const frame = this.plan.lastChild.style;
    frame.transform = `translate(${-this.x * near}px, ${-this.y * near}px)`;
    frame.width = `${w * near}px`;
    frame.height = `${h * near}px`;
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const pill = event.target.closest(".folder");
    const box = event.target.closest("[data-claims]");
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (way && (box || pill)) nearest(this.stops, box ?? pill, way)?.focus({ preventScroll: true });
    else if (way) this.set(this.scale, this.x - way[0] * 80, this.y - way[1] * 80);
    else if (event.key === "+" || event.key === "=") this.zoom(1.35);
    else if (event.key === "-") this.zoom(1 / 1.35);
    else if (event.key === "0") this.fit();
    else if (event.key === "f" && (box || pill)) {
      const block = pill?.block ?? this.branches?.blocks.find((one) => one.own[0] === box);
      if (block) this.toggle(block);
    } else if (event.key === "Enter" || event.key === " ") {
      if (pill) this.toggle(pill.block);
      else if (box) VIEW.choose(refsOf(box), { from: box, focus: true });
      else this.boxes.find((one) => one.getAttribute("tabindex") === "0")?.focus({ preventScroll: true });
    } else return;
    event.preventDefault();
  }

  searching() {
    const field = this.figure.querySelector('input[type="search"]');
    const says = this.figure.querySelector(".hits");
    const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
    // Claims that are folded away are found too.
    let items = null;
    const itemsOf = () => this.branches
      ? [...this.branches.byClaim].map(([ref, block]) => ({ ref, box: () => this.find(ref), words: fold(VIEW.words(ref) ?? this.branches.wordsOf(block)) }))
      : this.boxes.map((box) => ({ ref: refsOf(box)[0], box: () => box, words: fold(refsOf(box).map((ref) => VIEW.words(ref) ?? box.getAttribute("aria-label")).join(" ")) }));
    let hits = [];
    let at = -1;
    const mark = () => {
      const found = new Set(hits.map((hit) => hit.ref));
      for (const box of this.boxes) box.classList.toggle("hit", refsOf(box).some((ref) => found.has(ref)) && !(this.branches && box.matches(".again")));
    };
    const go = (step) => {
      if (!hits.length) return;
      at = (at + step + hits.length) % hits.length;
      says.textContent = `${at + 1} of ${hits.length}`;
      const box = hits[at].box();
      mark();
      this.show(box);
      // The picture may reach below the window.
      const { top, bottom } = box.getBoundingClientRect();
      if (top < 0 || bottom > innerHeight) scrollBy({ top: (top + bottom - innerHeight) / 2, behavior: "instant" });
      VIEW.point([hits[at].ref]);
    };
    field.addEventListener("input", () => {
      const wanted = fold(field.value).split(/\s+/).filter(Boolean);
      items ??= itemsOf();
      hits = wanted.length ? items.filter((item) => wanted.every((word) => item.words.includes(word))) : [];
      mark();
      at = -1;
      says.textContent = wanted.length && !hits.length ? "not found" : "";
      if (hits.length) go(1);
      else VIEW.point([]);
    });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") {
        event.preventDefault();
        go(event.shiftKey ? -1 : 1);
      } else if (event.key === "Escape" && field.value) {
        event.preventDefault();
        field.value = "";
        field.dispatchEvent(new Event("input"));
      }
    });
  }
}

/** Nearest box in a direction; boxes straight ahead count as nearer than boxes aside. */
function nearest(boxes, box, [dx, dy]) {
  const middle = (element) => {
    const at = element.getBoundingClientRect();
    return [at.left + at.width / 2, at.top + at.height / 2];
  };
  const [x, y] = middle(box);
  let best = null;
  let least = Infinity;
  for (const other of boxes) {
    if (other === box) continue;
    const [ox, oy] = middle(other);
    const ahead = (ox - x) * dx + (oy - y) * dy;
    const aside = Math.abs((ox - x) * dy) + Math.abs((oy - y) * dx);
    if (ahead > 2 && ahead + 2 * aside < least) [best, least] = [other, ahead + 2 * aside];
  }
  return best;
}

/** Set the height of a picture's window before the picture is laid out. */
function frameOf(figure) {
  if (figure.matches(".alone")) return; // it fills its window
  const port = figure.querySelector(".viewport");
  const natural = figure.dataset.high * Math.max(READABLE, port.clientWidth / figure.dataset.wide);
  port.style.height = `${Math.min(natural, Math.max(innerHeight * (port.clientWidth < 700 ? 0.7 : 0.84), 320))}px`;
}

/** Picture of a figure; made when first needed, because laying it out takes a while. */
function pictureOf(figure) {
  if (!PICTURES.has(figure)) PICTURES.set(figure, new Picture(figure));
  return PICTURES.get(figure);
}

function startPictures() {
  const near = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      near.unobserve(entry.target);
      pictureOf(entry.target);
    }
  }, { rootMargin: "75%" });
  for (const figure of all(".picture")) {
    frameOf(figure);
    near.observe(figure);
    figure.addEventListener("focusin", () => pictureOf(figure), { once: true, capture: true });
  }
}
