// The table of documents. Python has the documents; here are the rows of one page, what is picked,
// and what one types. Rows are patched in place by their ids, so that nothing moves or loses the
// focus while documents are read.

const ICONS = {
  stop: '<rect x="6" y="6" width="12" height="12" rx="1"/>',
  again: '<path d="M4 12a8 8 0 1 0 2.5-5.8"/><path d="M4 4v4.5h4.5"/>',
  password: '<circle cx="8" cy="15" r="4"/><path d="M11 12l9-9M17 6l3 3M14.5 8.5l2 2"/>',
  delete: '<path d="M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5"/>',
}
const COLUMNS = ["name", "kind", "size", "pages", "added", "collection", "state"]
const instances = new WeakMap()

const make = (tag, values = {}, ...inside) => {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(values)) {
    if (name in made && name !== "role") made[name] = value
    else made.setAttribute(name, value)
  }
  made.append(...inside)
  return made
}
const say = (element, text) => { if (element.textContent !== text) element.textContent = text }
const show = (element, shown) => { if (element.hidden === shown) element.hidden = !shown }
const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "")
const icon = (name) => {
  // Only our own drawings, never a text of somebody's.
  const held = make("span", { "aria-hidden": "true" })
  held.innerHTML = `<svg viewBox="0 0 24 24">${ICONS[name]}</svg>`
  return held
}

class Table {
  constructor(root) {
    this.root = root
    this.picked = new Set()
    this.all = false
    this.rows = new Map()
    this.working = new Set() // of the rows seen, those that are being read or wait for it
    this.gone = new Map() // deleted here, until Python says so: id to when
    this.view = {}
    this.sent = 0
    this.build()
  }

  build() {
    const tools = make("div", { className: "tools", role: "search" })
    this.search = make("input", { type: "search", autocomplete: "off" })
    this.search.oninput = () => {
      clearTimeout(this.typing)
      this.typing = setTimeout(() => this.ask({ search: this.search.value, page: 1 }), 250)
    }
    this.selects = {}
    for (const name of ["kind", "collection", "state", "order"]) {
      const select = make("select")
      select.onchange = () => {
        if (name === "order") {
          const [sort, way] = select.value.split(" ")
          this.ask({ sort, descending: way === "down", page: 1 })
        } else this.ask({ [name]: select.value, page: 1 })
      }
      this.selects[name] = select
    }
    this.selects.order.className = "only-narrow"
    tools.append(this.search, ...Object.values(this.selects))

    this.bar = make("div", { className: "bar" })
    this.said = make("span", { className: "said", role: "status" })
    this.undo = this.button("undo", () => this.act("undo", []))
    this.retry = this.button("retry", () => this.act("retry", []))
    this.retry.className = "link"
    this.everything = make("button", { type: "button", className: "link" })
    this.everything.onclick = () => { this.all = true; this.draw() }
    this.deleting = this.button("delete", () => this.act("delete"))
    this.moving = make("select")
    this.moving.onchange = () => {
      const to = this.moving.value
      this.moving.selectedIndex = 0
      if (to === "new") {
        this.naming = true
        this.draw()
        this.name.focus()
      } else if (to) this.act("move", undefined, to.slice(1))
    }
    this.name = make("input", { type: "text", maxLength: 64 })
    this.name.onkeydown = (event) => {
      if (event.key === "Escape") { this.naming = false; this.draw() }
      if (event.key === "Enter" && !event.isComposing) this.moveToNew()
    }
    this.name.oninput = () => { this.named.disabled = !this.name.value.trim() }
    this.named = make("button", { type: "button", disabled: true })
    this.named.onclick = () => this.moveToNew()
    this.again = this.button("again", () => this.act("again"))
    this.download = this.button("download", () => this.act("download"))
    this.stop = this.button("stop", () => this.act("stop"))
    this.clear = this.button("clear", () => { this.unpick(); this.draw() })
    this.clear.className = "link"
    this.forPicked = [this.deleting, this.moving, this.again, this.download, this.stop, this.clear]
    this.bar.append(this.said, this.undo, this.retry, this.everything, ...this.forPicked.slice(0, 2), this.name, this.named, ...this.forPicked.slice(2))

    this.table = make("table")
    this.head = make("tr")
    this.allBox = make("input", { type: "checkbox" })
    this.allBox.onchange = () => {
      this.all = false
      for (const id of this.rows.keys()) this.picked[this.allBox.checked ? "add" : "delete"](id)
      this.draw()
    }
    this.head.append(make("th", { className: "pick", scope: "col" }, this.allBox))
    this.headers = {}
    for (const name of COLUMNS) {
      const button = make("button", { type: "button" })
      const cell = make("th", { className: name === "name" ? "title" : name, scope: "col" }, button)
      button.onclick = () => {
        const same = this.view.sort === name
        // Up, down, and back to what needs attention first.
        const off = same && this.view.descending
        this.ask({ sort: off ? "" : name, descending: same && !off, page: 1 })
      }
      this.headers[name] = { button, cell }
      this.head.append(cell)
    }
    this.actsHead = make("span", { className: "alone" })
    this.head.append(make("th", { className: "acts", scope: "col" }, this.actsHead))
    this.body = make("tbody")
    this.table.append(make("thead", {}, this.head), this.body)
    this.none = make("div", { className: "none" })

    this.pager = make("nav", { className: "pager" })
    this.before = make("button", { type: "button" }, "‹")
    this.after = make("button", { type: "button" }, "›")
    this.at = make("span")
    this.before.onclick = () => this.ask({ page: this.data.view.page - 1 })
    this.after.onclick = () => this.ask({ page: this.data.view.page + 1 })
    this.pager.append(this.before, this.at, this.after)
    this.root.append(tools, this.bar, this.table, this.none, this.pager)
  }

  button(name, onclick) {
    const made = make("button", { type: "button" })
    made.dataset.act = name
    made.onclick = onclick
    return made
  }

  moveToNew() {
    const name = this.name.value.trim()
    if (!name) return
    this.naming = false
    this.name.value = ""
    this.named.disabled = true
    this.act("move", undefined, name)
  }

  // The button that saves files is Streamlit's; the first look at the page is no wish to save.
  save() {
    const { save } = this.data, before = this.saved
    this.saved = save
    if (before === undefined || before === save) return
    let tries = 100
    const click = () => {
      const button = document.querySelector(`.st-key-documents-save-${save} button`)
      if (button) button.click()
      else if (tries-- && this.saved === save) setTimeout(click, 50)
    }
    click()
  }

  unpick() {
    this.picked.clear()
    this.all = false
    this.naming = false
  }

  ask(change) {
    this.view = { ...this.view, ...change }
    if (this.all) this.unpick() // "all that match" would be others now
    this.setStateValue("view", this.view)
    this.heads()
    this.draw()
  }

  act(name, ids = [...this.picked], value = "") {
    // What is asked of a page that is being left breaks the one that comes.
    if (name === "open") clearTimeout(this.typing)
    this.sent += 1
    const all = this.all && !["undo", "open", "password"].includes(name)
    if (name === "undo") this.gone.clear()
    if (name === "delete") {
      for (const id of all ? this.rows.keys() : ids) this.gone.set(id, Date.now())
      for (const id of ids) this.picked.delete(id)
    }
    if (["delete", "move"].includes(name)) this.unpick()
    this.setTriggerValue("action", { name, ids, all, value, number: this.sent })
    this.draw()
  }

  update(component) {
    this.data = component.data
    this.setStateValue = component.setStateValue
    this.setTriggerValue = component.setTriggerValue
    const typing = this.root.getRootNode().activeElement === this.search
    this.view = { ...this.data.view, ...(typing ? { search: this.view.search ?? "" } : {}) }
    if (!typing) this.search.value = this.data.view.search
    this.told = this.data.told
    this.save()
    const there = new Set(this.data.rows.map((row) => row.id)), now = Date.now()
    for (const [id, when] of this.gone) {
      if (!there.has(id) || now - when > 10000) this.gone.delete(id) // Python knows it, or will not
    }
    for (const row of this.data.rows) this.working[row.acts.includes("stop") ? "add" : "delete"](row.id)
    this.heads()
    this.draw()
  }

  heads() {
    const { words, kinds, collections, states, targets } = this.data
    this.search.placeholder = words.find
    this.search.setAttribute("aria-label", words.find)
    this.options("kind", [["", words.all_kinds], ...kinds], words.kind)
    this.options("collection", [["", words.all_collections], ...collections], words.collection)
    this.options("state", [["", words.all_states], ...states], words.state)
    const orders = [["", words.unsorted]]
    for (const name of COLUMNS) {
      orders.push([`${name} up`, `${words[name]} ↑`], [`${name} down`, `${words[name]} ↓`])
    }
    const { sort, descending } = this.view
    this.fillSelect(this.selects.order, orders, words.sort_by)
    this.selects.order.value = sort ? `${sort} ${descending ? "down" : "up"}` : ""
    show(this.selects.collection, collections.length > 1)
    const to = [["", words.move_to], ...targets.map(([name, text]) => [`=${name}`, text]), ["new", words.move_new]]
    this.fillSelect(this.moving, to, words.move_to)
    this.name.placeholder = words.name
    this.name.setAttribute("aria-label", words.move_name)
    say(this.named, words.move_done)
    for (const name of COLUMNS) {
      const { button, cell } = this.headers[name]
      say(button, words[name])
      const way = sort !== name ? "none" : descending ? "descending" : "ascending"
      if (cell.getAttribute("aria-sort") !== way) cell.setAttribute("aria-sort", way)
    }
    this.table.setAttribute("aria-label", words.documents)
    this.allBox.setAttribute("aria-label", words.pick_page)
    say(this.actsHead, words.acts)
  }

  options(name, pairs, label) {
    this.fillSelect(this.selects[name], pairs, label)
    const wanted = this.view[name] ?? ""
    if (this.selects[name].value !== wanted) this.selects[name].value = wanted
  }

  fillSelect(select, pairs, label) {
    select.setAttribute("aria-label", label)
    const have = JSON.stringify(pairs)
    if (select.dataset.have === have) return // an open list stays as it is
    const value = select.value
    select.dataset.have = have
    select.replaceChildren(...pairs.map(([v, text]) => make("option", { value: v }, text)))
    select.value = pairs.some(([v]) => v === value) ? value : ""
  }

  draw() {
    const { words, rows, pages, view, matching } = this.data
    const here = rows.filter((row) => !this.gone.has(row.id))
    const wanted = new Set(here.map((row) => row.id))
    for (const [id, row] of this.rows) {
      if (!wanted.has(id)) { row.remove(); this.rows.delete(id) }
    }
    let after = null
    for (const row of here) {
      let line = this.rows.get(row.id)
      if (!line) {
        line = this.line(row.id)
        this.rows.set(row.id, line)
      }
      const place = after ? after.nextSibling : this.body.firstChild
      if (line !== place) this.body.insertBefore(line, place)
      this.patch(line, row)
      after = line
    }
    show(this.table, here.length > 0)
    show(this.none, here.length === 0)
    say(this.none, matching || this.gone.size ? "" : words.none)
    show(this.pager, pages > 1)
    say(this.at, fill(words.table_page, { n: view.page, all: pages }))
    this.before.disabled = view.page <= 1
    this.after.disabled = view.page >= pages
    this.before.setAttribute("aria-label", words.before)
    this.after.setAttribute("aria-label", words.after)
    this.pager.setAttribute("aria-label", words.pages_of)
    const onPage = [...this.rows.keys()]
    const some = onPage.filter((id) => this.all || this.picked.has(id)).length
    this.allBox.checked = some > 0 && some === onPage.length
    this.allBox.indeterminate = some > 0 && some < onPage.length
    this.drawBar(some === onPage.length && onPage.length > 0)
  }

  drawBar(wholePage) {
    const { words, matching, count, readOnly, told } = this.data
    const n = this.all ? matching : this.picked.size
    for (const part of this.forPicked) show(part, n > 0 && !(readOnly && part !== this.download && part !== this.clear))
    show(this.moving, n > 0 && !readOnly && !this.naming)
    for (const part of [this.name, this.named]) show(part, n > 0 && Boolean(this.naming))
    const working = this.all ? this.data.work > 0 : [...this.picked].some((id) => this.working.has(id))
    show(this.stop, n > 0 && !readOnly && working)
    this.bar.classList.toggle("some", n > 0)
    show(this.everything, n > 0 && !this.all && wholePage && matching > n)
    say(this.everything, fill(words.pick_all, { n: matching }))
    for (const part of [this.undo, ...this.forPicked]) {
      if (part.dataset.act) say(part, words[`act_${part.dataset.act}`])
    }
    show(this.retry, n === 0 && !told && !readOnly && this.data.retry > 1)
    say(this.retry, fill(words.act_retry, { n: this.data.retry }))
    show(this.undo, n === 0 && Boolean(told?.undo))
    this.said.classList.toggle("wrong", n === 0 && Boolean(told?.wrong))
    say(this.said, n ? fill(words.picked, { n }) : told ? told.text : count)
  }

  line(id) {
    const line = make("tr")
    const box = make("input", { type: "checkbox" })
    box.onclick = (event) => {
      const ids = [...this.rows.keys()]
      const [from, to] = [ids.indexOf(this.last), ids.indexOf(id)].sort((a, b) => a - b)
      if (this.all) {
        for (const other of ids) this.picked.add(other)
        this.all = false
      }
      const some = event.shiftKey && from >= 0 ? ids.slice(from, to + 1) : [id]
      for (const one of some) this.picked[box.checked ? "add" : "delete"](one)
      this.last = id
      this.draw()
    }
    const name = make("a", { className: "name" })
    name.onclick = (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return
      event.preventDefault()
      if (name.hasAttribute("href")) this.act("open", [id])
    }
    const parts = {
      box, name, small: make("span", { className: "small" }),
      words: make("span", { className: "words" }), bar: make("progress", { max: 1 }),
      more: make("summary"), detail: make("div"), source: make("span", { className: "small" }),
      place: make("span"),
    }
    parts.unfold = make("details", {}, parts.more, parts.detail)
    for (const act of ["stop", "again", "password", "delete"]) {
      parts[act] = make("button", { type: "button" }, icon(act))
      parts[act].onclick = () => this.act(act, [id])
    }
    for (const column of ["kind", "size", "pages", "added"]) parts[column] = make("td", { className: column })
    line.append(
      make("td", { className: "pick" }, box),
      make("td", { className: "title" }, name, parts.small),
      parts.kind, parts.size, parts.pages, parts.added,
      make("td", { className: "collection" }, parts.place, parts.source),
      make("td", { className: "state" }, parts.words, parts.bar, parts.unfold),
      make("td", { className: "acts" },
        make("div", { className: "inner" }, parts.stop, parts.again, parts.password, parts.delete)),
    )
    line.parts = parts
    line.dataset.id = id
    return line
  }

  patch(line, row) {
    const { words, readOnly } = this.data
    const { parts } = line
    const picked = this.all || this.picked.has(row.id)
    const name = ["picked", row.state].filter((c) => c !== "picked" || picked).join(" ")
    if (line.className !== name) line.className = name
    if (parts.box.checked !== picked) parts.box.checked = picked
    parts.box.setAttribute("aria-label", fill(words.pick, { name: row.name }))
    say(parts.name, row.name)
    if (!row.href) parts.name.removeAttribute("href")
    else if (parts.name.getAttribute("href") !== row.href) parts.name.setAttribute("href", row.href)
    parts.name.title = row.name
    for (const part of ["small", "kind", "size", "pages", "added", "place", "source", "words"]) {
      say(parts[part], row[part])
    }
    parts.words.title = row.words
    show(parts.small, Boolean(row.small))
    show(parts.source, Boolean(row.source))
    show(parts.bar, row.share !== null)
    if (row.share !== null) parts.bar.value = row.share
    parts.bar.setAttribute("aria-label", row.words)
    show(parts.unfold, Boolean(row.detail))
    say(parts.more, words.why)
    say(parts.detail, row.detail)
    for (const act of ["stop", "again", "password", "delete"]) {
      const label = fill(words[`${act}_one`], { name: row.name })
      if (parts[act].title !== label) {
        parts[act].title = label
        parts[act].setAttribute("aria-label", label)
      }
      show(parts[act], !readOnly && (act === "delete" || row.acts.includes(act)))
    }
    parts.stop.disabled = row.stopping
  }
}

export default function (component) {
  const { parentElement } = component
  const root = parentElement.querySelector(".kb-table")
  if (!root) return
  let table = instances.get(root)
  if (!table) {
    table = new Table(root)
    instances.set(root, table)
  }
  table.update(component)
}
