"""How a document's page looks, in light and in dark."""

# Lines and grounds are a share of the colour of the text, so that they hold on any background.
DOCUMENT_STYLE = """<style>
[data-testid="stMainBlockContainer"] { padding-left: 2rem; padding-right: 2rem; }
h1.kb-document-name {
  margin: 0; padding: 0; font-size: 1.6rem; line-height: 1.3; overflow-wrap: anywhere;
}
.stHtml .kb-document-facts {
  display: grid; grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr));
  gap: 0.5rem 1.25rem; margin: 0.75rem 0 0; padding: 0; font-size: 0.875rem;
}
.kb-document-facts > div { min-width: 0; }
.kb-document-facts dt { font-weight: 400; font-size: 0.8125rem; opacity: 0.75; }
.kb-document-facts dd { margin: 0; overflow-wrap: anywhere; }
h2.kb-label { padding: 0; }
.stHtml .kb-passages { padding: 0; }
.kb-passages .kb-quote { -webkit-line-clamp: 3; }
.kb-passages .kb-open {
  border-radius: 0.5rem; background: color-mix(in srgb, #d9a400 12%, transparent);
  border-inline-start: 3px solid #d9a400;
}
.kb-passages .kb-whole { padding: 0 0.75rem 0.6rem; font-size: 0.875rem; }
.kb-off {
  display: inline-block; margin-inline-start: 0.5rem; padding: 0 0.45rem; border-radius: 0.6rem;
  font-size: 0.75rem; font-weight: 600; white-space: nowrap; border: 1px solid currentColor;
}
.st-key-document-switch:has(button) { padding: 0.25rem 0.75rem 0.5rem; }
.kb-page-link { color: inherit; text-decoration: underline; text-underline-offset: 0.2em; }
ul.kb-warnings { margin: 0; padding-inline-start: 1.25rem; line-height: 1.6; }
.kb-warnings li { margin: 0 0 0.35rem; overflow-wrap: anywhere; }
.kb-blocks { overflow-wrap: anywhere; line-height: 1.6; font-size: 0.9375rem; }
.kb-blocks > * { margin: 0 0 0.6rem; }
.kb-read { max-width: 50rem; }
.kb-block-heading { font-weight: 600; font-size: 1.05rem; }
.kb-block-item { display: list-item; list-style: disc; margin-inline-start: 1.25rem; }
.kb-block-item:has(li) { display: block; margin-inline-start: 0; }
.kb-block-aside {
  font-size: 0.875rem; padding-inline-start: 0.75rem;
  border-inline-start: 2px solid color-mix(in srgb, currentColor 25%, transparent);
}
.kb-block-aside b { font-weight: 400; font-size: 0.8125rem; opacity: 0.75; }
.kb-blocks pre {
  overflow-x: auto; padding: 0.5rem 0.75rem; border-radius: 0.5rem; background: none;
  border: 1px solid color-mix(in srgb, currentColor 20%, transparent); color: inherit;
}
h2.kb-part {
  border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent);
  padding: 0.75rem 0 0; margin-top: 1.25rem;
}
/* What is beside a long list stays in view. */
@media (min-width: 641px) {
  [data-testid="stColumn"]:has(.st-key-document-standing) {
    position: sticky; top: 4rem; align-self: flex-start;
  }
  .st-key-document-standing .kb-sheet { max-height: calc(100vh - 9rem); }
}
.kb-document-more { display: none; margin-top: 0.4rem; font-size: 0.875rem; }
.kb-document-more summary { cursor: pointer; padding: 0.4rem 0; }
.kb-document-more summary span { text-decoration: underline; text-underline-offset: 0.2em; }
.kb-document-more summary span::before { content: " · "; display: inline-block; white-space: pre; }
.kb-document-more summary:focus-visible { outline: 2px solid currentColor; outline-offset: 1px; }
@media (max-width: 640px) {
  .kb-document-name ~ .kb-document-facts { display: none; }
  .kb-document-more { display: block; }
  [data-testid="stMainBlockContainer"] { padding-left: 1rem; padding-right: 1rem; }
}
</style>"""
