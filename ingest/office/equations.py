"""Equations of Office (OMML) and of OpenDocument (MathML) as LaTeX, which models know well."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.office.xml import Element, child, children, kind, value, words
from ingest.text import collapsed

_DEEPEST = 40  # formulas in formulas; below that their words only
_COMMANDS = {
    "∑": r"\sum", "∏": r"\prod", "∫": r"\int", "∬": r"\iint", "∭": r"\iiint", "∮": r"\oint",
    "⋃": r"\bigcup", "⋂": r"\bigcap", "×": r"\times ", "÷": r"\div ", "±": r"\pm ", "∓": r"\mp ",
    "≤": r"\le ", "≥": r"\ge ", "≠": r"\ne ", "≈": r"\approx ", "≡": r"\equiv ", "∞": r"\infty ",
    "∂": r"\partial ", "∇": r"\nabla ", "√": r"\sqrt ", "∈": r"\in ", "∉": r"\notin ",
    "⊂": r"\subset ", "⊆": r"\subseteq ", "∪": r"\cup ", "∩": r"\cap ", "∅": r"\emptyset ",
    "∀": r"\forall ", "∃": r"\exists ", "→": r"\to ", "⇒": r"\Rightarrow ",
    "⇔": r"\Leftrightarrow ",
    "⋅": r"\cdot ", "·": r"\cdot ", "…": r"\dots ", "⋯": r"\cdots ", "−": "-", "∝": r"\propto ",
    "α": r"\alpha ", "β": r"\beta ", "γ": r"\gamma ", "δ": r"\delta ", "ε": r"\epsilon ",
    "ζ": r"\zeta ", "η": r"\eta ", "θ": r"\theta ", "ι": r"\iota ", "κ": r"\kappa ",
    "λ": r"\lambda ", "μ": r"\mu ", "ν": r"\nu ", "ξ": r"\xi ", "π": r"\pi ", "ρ": r"\rho ",
    "σ": r"\sigma ", "τ": r"\tau ", "υ": r"\upsilon ", "φ": r"\phi ", "χ": r"\chi ",
    "ψ": r"\psi ", "ω": r"\omega ", "Γ": r"\Gamma ", "Δ": r"\Delta ", "Θ": r"\Theta ",
    "Λ": r"\Lambda ", "Ξ": r"\Xi ", "Π": r"\Pi ", "Σ": r"\Sigma ", "Φ": r"\Phi ", "Ψ": r"\Psi ",
    "Ω": r"\Omega ",
}  # fmt: skip
_ACCENTS = {
    "\u0302": "hat", "\u0303": "tilde", "\u0304": "bar", "\u0305": "overline", "\u0307": "dot",
    "\u0308": "ddot", "\u20d7": "vec", "\u030c": "check", "\u0306": "breve",
}  # fmt: skip


def latex(element: Element) -> str:
    """Return an equation (`m:oMath`, `m:oMathPara`, `mml:math`) as LaTeX, without dollar signs."""
    return collapsed(_math(element, 0))


def _math(element: Element | None, depth: int) -> str:
    if element is None:
        return ""
    name = kind(element)
    prefix, _, local = name.partition(":")
    if depth > _DEEPEST:
        return "".join(map(str, element.itertext()))
    if prefix == "mml" or not prefix:
        return _mathml(element, local or name, depth)
    return _omml(element, local, depth) if prefix == "m" else ""


def _omml(element: Element, name: str, depth: int) -> str:
    def part(tag: str) -> str:
        return _math(child(element, f"m:{tag}"), depth + 1)

    def property_(tag: str, default: str = "") -> str:
        found = child(element, f"m:{name}Pr", f"m:{tag}")
        return default if found is None else value(found, "m:val", default)

    match name:
        case "r":
            return _characters(words(element, "m:t"))
        case "f":
            if property_("type") == "lin":
                return f"{part('num')}/{part('den')}"
            return rf"\frac{{{part('num')}}}{{{part('den')}}}"
        case "sSup":
            return f"{_base(part('e'))}^{{{part('sup')}}}"
        case "sSub":
            return f"{_base(part('e'))}_{{{part('sub')}}}"
        case "sSubSup":
            return f"{_base(part('e'))}_{{{part('sub')}}}^{{{part('sup')}}}"
        case "sPre":
            return f"{{}}_{{{part('sub')}}}^{{{part('sup')}}}{part('e')}"
        case "rad":
            degree = part("deg")
            return rf"\sqrt{f'[{degree}]' if degree else ''}{{{part('e')}}}"
        case "nary":
            sign = property_("chr", "∫")
            sub, sup = part("sub"), part("sup")
            bounds = (f"_{{{sub}}}" if sub else "") + (f"^{{{sup}}}" if sup else "")
            return f"{_COMMANDS.get(sign, sign)}{bounds} {part('e')}"
        case "d":
            inner = property_("sepChr", "|").join(
                _math(e, depth + 1) for e in children(element, "m:e")
            )
            return f"{property_('begChr', '(')}{inner}{property_('endChr', ')')}"
        case "func":
            plain = part("fName").strip()
            return rf"\{plain} {part('e')}" if plain.isalpha() else f"{plain} {part('e')}"
        case "acc":
            accent = _ACCENTS.get(property_("chr", "\u0302"))
            return rf"\{accent}{{{part('e')}}}" if accent else part("e")
        case "bar":
            return rf"\overline{{{part('e')}}}"
        case "limLow":
            return f"{part('e')}_{{{part('lim')}}}"
        case "limUpp":
            return f"{part('e')}^{{{part('lim')}}}"
        case "m":
            rows = [
                " & ".join(_math(e, depth + 1) for e in children(row, "m:e"))
                for row in children(element, "m:mr")
            ]
            return rf"\begin{{matrix}}{_rows(rows)}\end{{matrix}}"
        case "eqArr":
            rows = [_math(e, depth + 1) for e in children(element, "m:e")]
            return rf"\begin{{aligned}}{_rows(rows)}\end{{aligned}}"
        case _ if name.endswith("Pr"):
            return ""
        case _:
            return "".join(_math(inner, depth + 1) for inner in element)


def _mathml(element: Element, name: str, depth: int) -> str:
    parts = [_math(inner, depth + 1) for inner in element]

    def part(n: int) -> str:
        return parts[n] if n < len(parts) else ""

    match name:
        case "mi" | "mn" | "mo" | "mtext":
            return _characters(element.text or "")
        case "mfrac":
            return rf"\frac{{{part(0)}}}{{{part(1)}}}"
        case "msup" | "mover":
            return f"{_base(part(0))}^{{{part(1)}}}"
        case "msub" | "munder":
            return f"{_base(part(0))}_{{{part(1)}}}"
        case "msubsup" | "munderover":
            return f"{_base(part(0))}_{{{part(1)}}}^{{{part(2)}}}"
        case "msqrt":
            return rf"\sqrt{{{''.join(parts)}}}"
        case "mroot":
            return rf"\sqrt[{part(1)}]{{{part(0)}}}"
        case "mtr":
            return " & ".join(parts)
        case "mtable":
            return rf"\begin{{matrix}}{_rows(parts)}\end{{matrix}}"
        case "annotation" | "annotation-xml":
            return ""
        case _:
            return "".join(parts)


def _rows(rows: Sequence[str]) -> str:
    return r" \\ ".join(rows)


def _base(text: str) -> str:
    """What carries an index: in braces, if it is more than one sign."""
    is_one = len(text) <= 1 or text.strip().removeprefix("\\").isalpha()
    return text if is_one else f"{{{text}}}"


def _characters(text: str) -> str:
    return "".join(_COMMANDS.get(sign, sign) for sign in text)
