"""How links to sources and the dialog look, in light and in dark."""

# Lines and grounds are a share of the colour of the text, so that they hold on any background.
PROOF_STYLE = """<style>
a.kb-cite {
  color: inherit; text-decoration: none; padding: 0.2em 0.15em; border-radius: 0.3em;
  background: color-mix(in srgb, currentColor 9%, transparent);
}
a.kb-cite:is(:hover, :focus-visible) {
  background: color-mix(in srgb, currentColor 22%, transparent);
}
:is(a.kb-cite, a.kb-source, .kb-button, .kb-sheet):focus-visible {
  outline: 2px solid currentColor; outline-offset: 1px;
}
ul.kb-sources { list-style: none; margin: 0; padding: 0; }
ul.kb-sources li { margin: 0; padding: 0; }
.kb-sources a.kb-source {
  display: flex; gap: 0.6rem; align-items: baseline; padding: 0.35rem 0.5rem; border-radius: 0.5rem;
  color: inherit; text-decoration: none; line-height: 1.45;
}
.kb-sources a.kb-source:hover { background: color-mix(in srgb, currentColor 7%, transparent); }
.kb-number {
  flex: none; min-width: 1.5em; text-align: center; font-size: 0.8rem; border-radius: 0.4em;
  background: color-mix(in srgb, currentColor 10%, transparent);
}
.kb-said { min-width: 0; overflow-wrap: anywhere; }
.kb-where { display: block; font-size: 0.875rem; font-weight: 600; }
.kb-quote {
  display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden;
  font-size: 0.875rem; opacity: 0.8;
}
.kb-note { display: block; font-size: 0.875rem; }
.kb-title { margin: 0; font-size: 1.125rem; font-weight: 600; overflow-wrap: anywhere; }
.kb-path { margin: 0 0 0.5rem; font-size: 0.875rem; opacity: 0.8; overflow-wrap: anywhere; }
.kb-facts {
  display: grid; grid-template-columns: max-content 1fr; gap: 0.15rem 0.75rem; margin: 0;
  font-size: 0.875rem;
}
.stHtml .kb-facts { padding: 0; }
.kb-facts dt { font-weight: 400; opacity: 0.8; }
.kb-facts dd { margin: 0; overflow-wrap: anywhere; }
.kb-label { margin: 0; font-size: 0.875rem; font-weight: 600; opacity: 0.8; }
.kb-bar {
  display: flex; flex-wrap: wrap; gap: 0.4rem; align-items: center; font-size: 0.875rem;
}
.kb-bar > b { flex: 1; }
.kb-bar .kb-button {
  display: inline-block; min-width: 2rem; padding: 0.2rem 0.55rem; text-align: center;
  font: inherit; line-height: 1.5; color: inherit; background: none; text-decoration: none;
  border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: 0.5rem;
  cursor: pointer;
}
.kb-bar .kb-button:hover { background: color-mix(in srgb, currentColor 7%, transparent); }
.kb-bar .kb-button[aria-disabled=true] { opacity: 0.4; cursor: default; background: none; }
.kb-sheet {
  max-height: max(20rem, calc(100vh - 17rem)); overflow: auto; box-sizing: border-box;
  border-radius: 0.5rem;
  border: 1px solid color-mix(in srgb, currentColor 20%, transparent);
}
.kb-sheet.kb-laid-out { padding: 0.75rem 1rem; font-size: calc(0.9375rem * var(--kb-zoom, 1)); }
.kb-here {
  margin: 0.5rem -0.5rem; padding: 0.25rem 0.5rem; border-inline-start: 3px solid #d9a400;
  background: color-mix(in srgb, #d9a400 9%, transparent); border-radius: 0.25rem;
}
.kb-paper {
  position: relative; width: calc(100% * var(--kb-zoom, 1)); background: #fff; color: #444;
}
.kb-paper img { display: block; width: 100%; height: 100%; }
.kb-paper p { margin: 0; padding: 2rem 1rem; text-align: center; font-size: 0.875rem; }
.kb-box {
  position: absolute; background: #ffd84a; mix-blend-mode: multiply; border-radius: 2px;
}
@media (max-width: 640px) { .kb-sheet:not(.kb-laid-out) { max-height: none; } }
</style>"""
