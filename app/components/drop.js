// Files dropped anywhere on the page, or chosen, are sent one after the other. What is under way is
// known here, not by a place on a page: it goes on while somebody looks at another page of the app.
const views = new Set()
const queue = [] // batches; the first is being sent
const reports = [] // batches that have ended, of which no page has heard
const TRIES = 3, PAUSE = 1500 // of a file, while the server does not answer; milliseconds
const LONGEST = 4000 // characters of a path, more than any server takes

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name])
const isHidden = (path) => {
  const parts = path.split("/")
  return parts.length > 1 && parts.some((p) => p.startsWith("~$") || /^\.+[^.]/.test(p))
}
const ending = (name) => /[^.]\.[^.\s]+$/.test(name) ? name.slice(name.lastIndexOf(".")).toLowerCase() : ""

const below = async (entry, found) => {
  const path = entry.fullPath.replace(/^\//, "")
  if (isHidden(path)) return found.hidden.push(path)
  if (entry.isFile) {
    const file = await new Promise((done) => entry.file(done, () => done(null)))
    return file ? found.files.push({ file, path }) : found.lost.push(path)
  }
  const reader = entry.createReader()
  for (let first = true; ; first = false) {
    const some = await new Promise((done) => reader.readEntries(done, () => done([])))
    if (!some.length) return first && found.empty.push(path)
    for (const one of some) await below(one, found)
  }
}
const nothing = () => ({ files: [], hidden: [], empty: [], lost: [] })
const chosen = (files) => {
  const found = nothing()
  for (const file of files) {
    const path = file.webkitRelativePath || file.name
    isHidden(path) ? found.hidden.push(path) : found.files.push({ file, path })
  }
  return found
}

const add = (view, found) => {
  if (!found.files.length && !found.hidden.length && !found.empty.length && !found.lost.length) return
  const { pass, url, most, kinds, attach } = view.data
  const size = found.files.reduce((sum, one) => sum + one.file.size, 0)
  const id = crypto.getRandomValues(new Uint32Array(4)).join("-")
  queue.push({ ...found, id, pass, url, most, kinds, attach, size, at: 0, done: 0, sent: 0 })
  draw()
  if (queue.length === 1) run()
}

const run = async () => {
  while (queue.length) {
    const batch = queue[0]
    for (const item of batch.files) {
      if (batch.stopped) break
      const status = await deliver(batch, item)
      if (status < 0) break
      if (status === 0 || status === 400 || status === 403) batch.lost.push(item.path)
      batch.done += item.file.size
      batch.sent = 0
      batch.at += 1
      draw()
      if (batch.at === 1 && batch.files.length > 1) tell("came", batch.id)
    }
    queue.shift()
    reports.push({
      batch: batch.id, attach: batch.attach, total: batch.files.length, hidden: batch.hidden.length,
      empty: batch.empty.slice(0, 50), unsent: batch.files.length - batch.at,
      lost: batch.lost.slice(0, 1000).map((path) => path.slice(0, LONGEST)),
    })
    draw()
    report()
  }
}

const deliver = async (batch, item) => {
  let status = 0
  for (let n = 0; n < TRIES && !batch.stopped; n++) {
    status = await send(batch, item)
    if (status !== 0 && status !== 403) return status
    await new Promise((done) => setTimeout(done, PAUSE)) // the server may be starting again
    const view = [...views].find((one) => one.data.attach === batch.attach)
    if (view) batch.pass = view.data.pass
  }
  return batch.stopped ? -1 : status
}

const send = (batch, { file, path }) => new Promise((done) => {
  // The server says why, and needs no bytes for that.
  const known = !ending(path) || batch.kinds.includes(ending(path))
  const request = batch.request = new XMLHttpRequest()
  request.open("POST", batch.url)
  const heads = {
    pass: batch.pass, name: encodeURIComponent(path.slice(0, LONGEST).toWellFormed?.() ?? path.slice(0, LONGEST)),
    size: file.size, batch: batch.id, total: batch.files.length,
  }
  for (const [name, value] of Object.entries(heads)) request.setRequestHeader(`X-KB-${name}`, value)
  request.setRequestHeader("Content-Type", "application/octet-stream")
  request.upload.onprogress = (event) => { batch.sent = event.loaded; draw() }
  request.onload = () => done(request.status)
  request.onerror = () => done(0)
  request.onabort = () => done(-1)
  request.send(known && file.size <= batch.most ? file : null)
})

const stop = () => {
  for (const batch of queue) batch.stopped = true
  queue[0]?.request?.abort()
}

const tell = (name, value) => {
  const [view] = views
  view?.tell(name, value)
  return Boolean(view)
}
const report = () => {
  if (reports.length && tell("ended", [...reports])) reports.length = 0
}

const draw = () => {
  // One place shows how far it is: on the chat page that where files are dropped, if it is there.
  const first = [...views].find((view) => !view.data.attach) ?? [...views][0]
  for (const view of views) paint(view, view === first)
}
const put = (element, text) => { if (element.textContent !== text) element.textContent = text }
const paint = (view, shows) => {
  const { texts, attach, off } = view.data, find = (name) => view.root.querySelector(name)
  find(".drop").classList.toggle("attach", attach)
  for (const name of ["title", "hint", "files", "folder", "cancel"]) put(find(`.${name}`), texts[name])
  put(find(".card"), texts.drop)
  for (const name of ["files", "folder"]) find(`.${name}`).disabled = off
  const batch = queue[0], way = find(".way")
  way.hidden = !batch || !shows
  if (!batch) return put(find(".told"), "")
  const item = batch.files[batch.at]
  const share = batch.size ? (batch.done + Math.min(batch.sent, item?.file.size ?? 0)) / batch.size : 1
  const values = { n: Math.min(batch.at + 1, batch.files.length), total: batch.files.length, percent: Math.floor(share * 100) }
  put(find(".now"), fill(texts.now, values))
  put(find(".file"), item ? item.path : "")
  find("progress").value = share
  find("progress").ariaLabel = texts.progress
  if (shows) put(find(".told"), fill(texts.sending, values))
}

// -- drops anywhere on the page

const carries = (event) => event.dataTransfer?.types.includes("Files")
// What is dropped into a place goes there, else it is attached where that can be.
const taker = (event) => [...views].find((one) => event.composedPath().includes(one.root.host ?? one.root))
  ?? [...views].findLast((one) => one.data.attach) ?? [...views].at(-1)
let veiled = null, timer = 0
const unveil = () => {
  clearTimeout(timer)
  veiled?.hidePopover?.()
  veiled = null
}
const over = (event) => {
  if (!carries(event)) return
  event.preventDefault() // or the browser opens the file
  event.stopPropagation()
  const view = taker(event), usable = view && !view.data.off
  event.dataTransfer.dropEffect = usable ? "copy" : "none"
  if (!usable) return
  const veil = view.root.querySelector(".veil")
  if (veiled !== veil) {
    veiled?.hidePopover?.()
    veiled = veil
    veiled.showPopover?.()
  }
  clearTimeout(timer)
  timer = setTimeout(unveil, 600) // where no event tells that the files left the window
}
document.addEventListener("dragenter", over, true)
document.addEventListener("dragover", over, true)
document.addEventListener("dragleave", (event) => { if (event.relatedTarget === null) unveil() }, true)
document.addEventListener("drop", async (event) => {
  if (!carries(event)) return
  event.preventDefault()
  event.stopPropagation()
  unveil()
  const view = taker(event)
  if (!view || view.data.off) return
  // Both at once: the list is empty after the first pause.
  const items = [...event.dataTransfer.items].filter((item) => item.kind === "file")
  const entries = items.map((item) => [item.webkitGetAsEntry?.(), item.getAsFile()])
  const found = nothing()
  for (const [entry, file] of entries) {
    if (entry) await below(entry, found)
    else if (file) found.files.push({ file, path: file.name })
  }
  add(view, found)
}, true)
window.addEventListener("beforeunload", (event) => { if (queue.length) event.preventDefault() })

const seen = new WeakMap()
export default function ({ data, parentElement, setTriggerValue }) {
  let view = seen.get(parentElement)
  if (!view) seen.set(parentElement, view = { root: parentElement })
  view.data = data
  view.tell = setTriggerValue
  views.add(view)
  for (const kind of ["files", "folder"]) {
    const input = parentElement.querySelector(`.pick-${kind}`)
    parentElement.querySelector(`.${kind}`).onclick = () => input.click()
    input.onchange = () => {
      add(view, chosen(input.files))
      input.value = "" // the same file may be chosen again
    }
  }
  parentElement.querySelector(".cancel").onclick = stop
  draw()
  report()
  return () => {
    views.delete(view)
    draw()
  }
}
