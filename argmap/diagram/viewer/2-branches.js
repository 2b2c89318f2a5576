// Branches of a picture: fold and unfold them in place.
//
// The layout puts what is below a box into columns. A block is a box with all below it; when it grows or shrinks, the
// blocks under it in its column move down or up, the columns beside it move aside, and so on up to the root. Branches
// that start folded come as text and become shapes when they are unfolded.

const CORNER = 6;
const PILL = 16;

class Branches {
  constructor(svg, parts) {
    this.svg = svg;
    this.graph = svg.querySelector("g.graph");
    this.blocks = [];
    this.byClaim = new Map();
    this.moved = new Set();
    this.sideways = parts[0].sideways;
    const drawn = [...this.graph.children].filter((child) => child.tagName === "g");
    for (const part of parts) this.read(part);
    for (const part of parts) if (part.under !== undefined) this.blocks[part.under].part = part;
    this.take(parts[0], drawn);
    for (const block of this.blocks) if (block.pill) this.graph.append(block.pill);
    for (const n of parts[0].signs) drawn[n].remove();
    this.root = this.blocks[0];
    this.size = { ...this.root.home };
  }

  read(part) {
    part.first = this.blocks.length;
    for (const { at: [x, y, w, h], ...told } of part.blocks) {
      const parent = this.blocks[told.in];
      const block = { ...told, part: null, parent, kids: [], own: [], open: true, x, y, w, h, sx: 0, sy: 0, home: { x, y, w, h } };
      this.blocks.push(block);
      if (told.claim) this.byClaim.set(told.claim, block);
      if (!parent) continue;
      parent.from ??= part.under === told.in ? frame(part.at) : parent.home;
      parent.kids.push(block);
      if (part.under === told.in) parent.open = false;
    }
    for (const block of this.blocks.slice(part.first)) this.measure(block);
    if (part.under !== undefined) this.measure(this.blocks[part.under]);
  }

  /** Keep the gaps that the layout left between blocks. */
  measure(block) {
    const { home, kids, from } = block;
    const [bx, by, bw, bh] = block.box ?? [home.x, home.y, 0, 0];
    // A leaf, and what starts folded, is as large as its own box.
    block.head = from === home ? { w: bx + bw - home.x, h: by + bh - home.y } : { w: home.w, h: home.h };
    if (!kids.length) return;
    const columns = Map.groupBy ? Map.groupBy(kids, (kid) => kid.column) : grouped(kids);
    let right = from.x;
    let [widest, lowest] = [from.x + block.head.w, from.y + block.head.h];
    block.columns = [...columns.values()];
    for (const column of block.columns) {
      column.lead = column[0].home.x - right;
      right = column[0].home.x + Math.max(...column.map((kid) => kid.home.w));
      let bottom = from.y;
      for (const kid of column) {
        kid.gap = kid.home.y - bottom;
        bottom = kid.home.y + kid.home.h;
      }
      [widest, lowest] = [Math.max(widest, right), Math.max(lowest, bottom)];
    }
    block.pad = { w: from.x + from.w - widest, h: from.y + from.h - lowest };
  }

  /** Give the blocks of a part their shapes. */
  take(part, drawn) {
    for (const block of this.blocks.slice(part.first, part.first + part.blocks.length)) {
      block.own = (block.shapes ?? []).map((n) => drawn[n]).filter(Boolean);
      block.line = block.line && { points: block.line, shape: drawn[block.arrow] };
      if (block.panel) this.panel(block);
      if (block.box && block.below && (block.claim || block.panel)) block.pill = this.pill(block);
    }
    part.taken = true;
  }

  panel(block) {
    const old = block.own[0]?.querySelector("path, polygon");
    if (!old) return;
    const { x, y, w, h } = block.home;
    block.rect = draw("rect", { x, y, width: w, height: h, rx: 9, class: old.getAttribute("class") });
    old.replaceWith(block.rect);
  }

  /** A button beside a box that folds or unfolds what is below it. */
  pill(block) {
    const [x, y, w, h] = block.box;
    const pill = draw("g", { class: "folder", role: "button", tabindex: "-1" }, draw("rect", { rx: PILL / 2, height: PILL }), draw("text", { "text-anchor": "middle" }));
    pill.block = block;
    // Where arrows come in from the right, below them.
    block.pillAt = this.sideways ? [x + w - 20, y + h - PILL / 2] : [x + w - 7, y + h / 2 - PILL / 2];
    this.label(block, pill);
    return pill;
  }

  label(block, pill = block.pill) {
    if (!pill) return;
    const words = block.open ? "−" : `+${block.below.toLocaleString("en")}`;
    const wide = block.open ? PILL : 12 + 6.2 * words.length;
    const [x, y] = block.pillAt;
    const [rect, text] = pill.children;
    fill(rect, { x, y, width: wide }, []);
    fill(text, { x: x + wide / 2, y: y + 11.8 }, []);
    text.textContent = words;
    const claims = `${block.below.toLocaleString("en")} ${block.below === 1 ? "claim" : "claims"}`;
    fill(pill, { "aria-expanded": String(block.open), "aria-label": block.open ? `Fold ${claims}` : `Unfold ${claims}` }, []);
  }

  shapesOf(block) {
    if (block.part && !block.part.taken) {
      const told = new DOMParser().parseFromString(`<svg xmlns="http://www.w3.org/2000/svg">${block.part.svg}</svg>`, "image/svg+xml");
      this.take(block.part, [...document.importNode(told.documentElement, true).children]);
    }
    return block.own;
  }

  /** Words of a block, also of one that is folded away. */
  wordsOf(block) {
    for (const parent of above(block)) this.shapesOf(parent);
    const [shape] = block.own;
    return shape ? `${shape.getAttribute("aria-label")} ${shape.dataset.hover ?? shape.querySelector("title")?.textContent ?? ""}` : "";
  }

  toggle(block, open = !block.open) {
    if (block.open === open || !block.kids.length) return false;
    block.open = open;
    this.shapesOf(block);
    if (open) this.show(block);
    else for (const kid of block.kids) this.hide(kid);
    this.label(block);
    for (let at = block; at; at = at.parent) this.arrange(at);
    for (const one of this.moved) this.put(one);
    this.moved.clear();
    return true;
  }

  /** Unfold all above a block. */
  unfoldTo(block) {
    return above(block).reverse().map((parent) => this.toggle(parent, true)).some(Boolean);
  }

  /** A branch was laid out beside its root: where the root is now tells where the branch goes. */
  baseOf({ sx, sy, box, part }) {
    return part ? [sx + box[0] - part.box[0], sy + box[1] - part.box[1]] : [sx, sy];
  }

  show(parent) {
    const [dx, dy] = this.baseOf(parent);
    for (const kid of parent.kids) {
      Object.assign(kid, { x: kid.home.x + dx, y: kid.home.y + dy, sx: dx, sy: dy });
      this.moved.add(kid);
      this.graph.append(...kid.own, ...(kid.line?.shape ? [kid.line.shape] : []), ...(kid.pill ? [kid.pill] : []));
      if (kid.open) this.show(kid);
    }
    this.arrange(parent);
  }

  hide(block) {
    for (const shape of [...block.own, block.line?.shape, block.pill]) shape?.remove();
    if (block.open) for (const kid of block.kids) this.hide(kid);
  }

  /** Put what is below a block into its columns, and measure it again. */
  arrange(block) {
    let [right, bottom] = [block.x + block.head.w, block.y + block.head.h];
    if (!block.open || !block.kids.length) {
      [block.w, block.h] = [block.head.w, block.head.h];
      return;
    }
    let x = block.x;
    for (const column of block.columns) {
      x += column.lead;
      let y = block.y;
      for (const kid of column) {
        y += kid.gap;
        this.move(kid, x - kid.x, y - kid.y);
        y += kid.h;
      }
      x += Math.max(...column.map((kid) => kid.w));
      [right, bottom] = [Math.max(right, x), Math.max(bottom, y)];
    }
    [block.w, block.h] = [right - block.x + block.pad.w, bottom - block.y + block.pad.h];
    if (block.rect) this.moved.add(block);
  }

  move(block, dx, dy) {
    if (Math.abs(dx) < 0.05 && Math.abs(dy) < 0.05) return;
    const stack = [block];
    while (stack.length) {
      const one = stack.pop();
      one.x += dx;
      one.y += dy;
      one.sx = one.x - one.home.x;
      one.sy = one.y - one.home.y;
      this.moved.add(one);
      if (one.open) stack.push(...one.kids);
    }
  }

  put(block) {
    const shift = `translate(${block.sx.toFixed(1)} ${block.sy.toFixed(1)})`;
    for (const shape of [...block.own, block.pill]) shape?.setAttribute("transform", shift);
    if (block.rect) fill(block.rect, { width: block.w, height: block.h }, []);
    if (block.line?.shape) this.wire(block);
  }

  /** Draw the arrow of a block again: its start moves with the block, its end with the box above. */
  wire(block) {
    const { points, shape } = block.line;
    const parent = block.parent;
    const [px, py] = this.baseOf(parent);
    let at = points.map(([x, y], n) => [x + (n < 3 ? block.sx : px), y + (n < 2 ? block.sy : py)]);
    const [bx, by, bw, bh] = [parent.box[0] + parent.sx, parent.box[1] + parent.sy, parent.box[2], parent.box[3]];
    if (at.length === 3 && at[2][0] > bx + bw - 6 && parent.claim) {
      // The column has moved aside, beyond the box above.
      const level = by + bh + 14 + 7 * block.lane;
      const port = bx + bw - 12 - 14 * block.lane;
      at = [...at.slice(0, 2), [at[1][0], level], [port, level], [port, by + bh]];
    }
    const last = at.at(-1);
    const end = points.at(-1);
    const path = shape.querySelector("path");
    path?.setAttribute("d", rounded(shortened(at, block.short)));
    for (const other of shape.children) {
      if (other === path || other.tagName === "title") continue;
      const [dx, dy] = other.tagName === "text" ? [block.sx, block.sy] : [last[0] - end[0], last[1] - end[1]];
      other.setAttribute("transform", `translate(${dx.toFixed(1)} ${dy.toFixed(1)})`);
    }
  }
}

const frame = ([x, y, w, h]) => ({ x, y, w, h });

function grouped(kids) {
  const columns = new Map();
  for (const kid of kids) columns.set(kid.column, [...(columns.get(kid.column) ?? []), kid]);
  return columns;
}

/** The blocks above a block, the nearest first. */
function above(block) {
  const found = [];
  for (let at = block.parent; at; at = at.parent) found.push(at);
  return found;
}

function shortened(points, by) {
  const [[x0, y0], [x1, y1]] = points.slice(-2);
  const length = Math.hypot(x1 - x0, y1 - y0) || 1;
  const cut = Math.min(by, length * 0.95) / length;
  return [...points.slice(0, -1), [x1 - (x1 - x0) * cut, y1 - (y1 - y0) * cut]];
}

function rounded(points) {
  const towards = ([x, y], [tx, ty]) => {
    const length = Math.hypot(tx - x, ty - y) || 1;
    const reach = Math.min(CORNER, length / 2) / length;
    return [x + (tx - x) * reach, y + (ty - y) * reach];
  };
  const put = ([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`;
  const corners = points.slice(1, -1).map((corner, n) => `L${put(towards(corner, points[n]))}Q${put(corner)} ${put(towards(corner, points[n + 2]))}`);
  return `M${put(points[0])}${corners.join("")}L${put(points.at(-1))}`;
}
