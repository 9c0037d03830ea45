"""How well a decoded string fits each way of writing, to choose between encodings.

A writing is a rough model of a language's characters: groups of them, and what share of a text
each group has. The sum of the logarithms compares the same bytes read in several ways.
"""

import math
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from ingest.text import FREQUENT, PUNCTUATION

_ASCII = -3.2  # ln of 1/25: a letter, digit or space, the same in each writing
_RARE = -16.0  # a character that is none of the writing's
_NONE = -20.0  # what is no character at all
_ODD_CASE = -6.0  # a capital behind a small letter; a sign inside a word; a third accent in a row
_CAPITAL = -1.0

# The kanji and the syllables that make up about half of the kanji and two thirds of the Hangul in
# news and manuals.
_KANJI = (
    "日一国人年大十二本中長出三時行見月分後前生五間上東四今金九入学高円子外八六下来気小七山話"
    "女北午百書先名川千水半男西電校語土木聞食車何南万毎白天母火右読友左休父雨会同事自社発者地"
    "業方新場員立開手力問代明動京目通言理体田主題意不作用度強公持野以思家世多正安院心界教文元"
    "重近考画海売知道集別物使品計死特私始朝運終台広住無真有口少町料工建空急止送切転研足究楽起"
    "着店病質待試族銀早映親験英医仕去味写字答夜音注帰古歌買悪図室部合内定対所実設全表法要経最"
    "取機必戦期調相当制度規程申請管費届勤務契約"
)
_HANGUL = (
    "이다는의에을가하고지은를한기도로사어있으나자서인대정리시스해일그수아제보라여전부것관상들만동"
    "원장비성공과주게구마요되조경세면우안니유신해오적거선업용계무위분문화물생소국모양연할방간입회"
    "출내심복중학행금당발제단실결재민설개명통바미습치진품체까없며했려년월때같등말받않였트드인터"
    "호치수산불지각강교본예약점검번작식영합접처청확표특법운외람길남준휴담근급직출퇴임팀야근매고객"
)
_KANA = "".join(map(chr, range(0x3041, 0x3094)))
_KATAKANA = "".join(map(chr, range(0x30A1, 0x30F7))) + "ー"
_HALF_KANA = "".join(map(chr, range(0xFF66, 0xFFA0)))

# Small letters of alphabets that have bytes of their own, the frequent first, a third each.
_ALPHABETS = {
    "cyrillic": "оеаинтсрвлкм дпуяыьгзбчй хжшюцщэфъёіїєґўђћљњџјѕќѓ",
    "greek": "αοιετσνηυρπ κμλςωάίόέδγ χθφήύώβξζψϊϋΐΰ",
    "hebrew": "יוהלאמרתש בנכפקסדםע חגצטזןךףץ",
    "arabic": "اليمنتوبر عدسكهفقحج شطصخزثغذضظءأإآةىئؤ",
    "thai": "านรอกเงมยลี่้ ว์ดทสตะปบคหแจพชข ใไโผธณฟลฐษศญซถภัิุู",
}
_SHARES = (0.62, 0.28, 0.1)
# Letters beside a to z, by language.
_ACCENTED = {
    "german": "äöüßé",
    "french": "éèàêçâîôûùëïœ",
    "spanish": "áéíóúñü¿¡",
    "portuguese": "ãçáéíóúâêôõà",
    "italian": "èàùòéìÈ",
    "nordic": "åäöøæéðþ",
    "dutch": "ëïéèöüá",
    "icelandic": "áðéíóúýþæö",
    "catalan": "àèéíòóúçïü·",
    "polish": "ąćęłńóśźż",
    "czech": "áčďéěíňóřšťúůýžľĺŕäô",
    "hungarian": "áéíóöőúüű",
    "romanian": "ăâîșțşţ",
    "croatian": "čćđšžéáöü",
    "turkish": "çğıöşüİ",
    "baltic": "ąčęėįšųūžāēģīķļņ",
}
_VIETNAMESE = "ăâđêôơưáàéèíóúù" + "\u0300\u0301\u0303\u0309\u0323"  # its code has tones apart
_IN_WORDS = "’·\xad\u0300\u0301\u0303\u0309\u0323"
# How rare files in an encoding are, as the logarithm of a share: what fits alike is the common one.
RARITY = {
    "gb18030": 4.0, "big5hkscs": 3.0, "cp1252": 0.0, "cp932": -2.0, "euc_jp": -5.0, "cp949": -2.0,
    "cp1251": -3.0, "koi8_u": -5.0, "cp866": -7.0, "iso8859_5": -9.0, "mac_cyrillic": -10.0,
    "cp1250": -6.0, "iso8859_2": -8.0,
    "cp1258": -7.0, "cp852": -10.0, "cp850": -8.0, "mac_roman": -9.0,
}  # fmt: skip
RAREST = -6.0
_SIGNS = "\xa0€£§°©®«»“”‘’„‚–—…·•´¨ªº²³½¼¾±×÷¿¡µ¥"


@dataclass(frozen=True)
class Writing:
    """A way of writing: its name, the codecs that it is saved in, the cost of each character."""

    name: str
    codecs: tuple[str, ...]
    costs: dict[str, float]
    judge: Callable[[str, dict[str, float]], float]

    def fit(self, text: str) -> float:
        """The logarithm of how likely the text is; it adds up over characters."""
        return self.judge(text, self.costs)


def _cost(char: str, costs: dict[str, float]) -> float:
    if char < "\x80":
        return _ASCII
    found = costs.get(char)
    if found is None:
        odd = char == "\ufffd" or unicodedata.category(char) in ("Cc", "Cn", "Co", "Cs")
        found = costs[char] = _NONE if odd else _RARE
    return found


def _by_character(text: str, costs: dict[str, float]) -> float:
    return sum(_cost(char, costs) for char in text)


def _by_word(text: str, costs: dict[str, float]) -> float:
    """As `_by_character`, for alphabets: words are of one alphabet, capitals stand in front."""
    total, before = 0.0, " "
    for char in text:
        total += _cost(char, costs)
        if (char > "\x7f" or before > "\x7f") and char.isalpha() and before.isalpha():
            mixed = (char > "\x7f") != (before > "\x7f")
            if mixed or (char.isupper() and before.islower()):
                total += _ODD_CASE
        before = char
    return total


def _by_accent(text: str, costs: dict[str, float]) -> float:
    """As `_by_character`, for Latin: accents stand among plain letters, signs outside words."""
    total, row, before = 0.0, 0, " "
    sign_in_word = False
    for char in text:
        total += _cost(char, costs)
        letter = char.isalpha()
        if sign_in_word and letter:
            total += _ODD_CASE
        sign_in_word = char > "\x7f" and not letter and char not in _IN_WORDS and before.isalpha()
        row = row + 1 if char > "\x7f" and letter else 0
        if row > 2 or (letter and char.isupper() and before.islower() and char > "\x7f"):
            total += _ODD_CASE
        before = char
    return total


def _layers(*layers: tuple[str, float]) -> dict[str, float]:
    """The cost of each character; an earlier layer wins."""
    costs: dict[str, float] = {}
    for chars, share in layers:
        new = set(chars) - set(costs)
        costs.update(dict.fromkeys(new, math.log(share / max(len(new), 1))))
    return costs


def _rows(codec: str, first: int, last: int) -> str:
    """The characters of a double-byte code with these lead bytes."""
    return "".join(
        bytes((lead, trail)).decode(codec, errors="ignore")
        for lead in range(first, last + 1)
        for trail in (*range(0x40, 0x7F), *range(0x80, 0xFF))
    )


def _alphabet(letters: str) -> dict[str, float]:
    costs = _layers(
        *zip((part for part in letters.split()), _SHARES, strict=True), (_SIGNS + "№", 0.02)
    )
    capitals = {
        char.upper(): cost + _CAPITAL for char, cost in costs.items() if char.upper() not in costs
    }
    return costs | capitals


def _latin(letters: str) -> dict[str, float]:
    others = "".join(_ACCENTED.values())
    costs = _layers((letters, 0.8), (_SIGNS, 0.15), (others, 0.02))
    capitals = {
        char.upper(): cost + _CAPITAL for char, cost in costs.items() if char.upper() not in costs
    }
    return costs | {char: cost for char, cost in capitals.items() if len(char) == 1}


@cache
def writings() -> tuple[Writing, ...]:
    """All writings that are told apart; where two fit alike, the earlier one holds."""
    punctuation = "".join(PUNCTUATION)
    chinese = _layers(
        ("".join(FREQUENT), 0.6),
        (punctuation, 0.1),
        (_rows("gb2312", 0xB0, 0xD7) + _rows("big5", 0xA4, 0xC6), 0.28),
        (_rows("gb2312", 0xA1, 0xA9), 0.004),
        (_rows("gb2312", 0xD8, 0xF7), 0.01),
        (_rows("big5", 0xC9, 0xF9), 0.006),
    )
    japanese = _layers(
        (_KANA, 0.45), (_KATAKANA, 0.15), ("、。「」・（）" + punctuation, 0.08), (_KANJI, 0.2),
        (_rows("shift_jis", 0x88, 0x97), 0.1), (_HALF_KANA, 0.005),
        (_rows("shift_jis", 0x81, 0x84) + _rows("shift_jis", 0x98, 0xEA), 0.015),
    )  # fmt: skip
    korean = _layers(
        (_HANGUL, 0.68),
        (_rows("euc_kr", 0xB0, 0xC8), 0.28),
        (punctuation, 0.02),
        (_rows("euc_kr", 0xA1, 0xAC), 0.01),
        (_rows("euc_kr", 0xCA, 0xFD), 0.01),
    )
    west, middle = ("cp1252", "cp850", "mac_roman"), ("cp1250", "iso8859_2", "cp852")
    codecs = {
        "polish": middle, "czech": middle, "hungarian": middle, "croatian": middle,
        "romanian": ("cp1250", "iso8859_2", "iso8859_16"), "turkish": ("cp1254", "cp857"),
        "baltic": ("cp1257", "iso8859_13"),
    }  # fmt: skip
    own = {
        "cyrillic": ("cp1251", "koi8_u", "cp866", "iso8859_5", "mac_cyrillic"),
        "greek": ("cp1253", "iso8859_7"), "hebrew": ("cp1255",), "arabic": ("cp1256", "iso8859_6"),
        "thai": ("cp874",),
    }  # fmt: skip
    return (
        Writing("chinese", ("gb18030", "big5hkscs"), chinese, _by_character),
        Writing("japanese", ("cp932", "euc_jp"), japanese, _by_character),
        Writing("korean", ("cp949",), korean, _by_character),
        *(
            Writing(name, codecs.get(name, west), _latin(letters), _by_accent)
            for name, letters in _ACCENTED.items()
        ),
        Writing("vietnamese", ("cp1258",), _latin(_VIETNAMESE), _by_accent),
        *(
            Writing(name, own[name], _alphabet(letters), _by_word)
            for name, letters in _ALPHABETS.items()
        ),
    )
