"""How much a decoded string looks like text that people write, to choose between encodings."""

import unicodedata
from functools import lru_cache

# The characters that make up about half of any Chinese text, and those that offices use most.
# Wrongly decoded Chinese consists of rare characters, so a few of these settle the question.
FREQUENT = frozenset(
    "的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可下"
    "而过天去能对小多然于心学么之都好看起发当没成只如事把还用第样道想作种开美总从无情己面最女"
    "但现前些所同日手又行意动方期它头经长儿回位分爱老因很给名法间知世什两次使身者被高已其进此"
    "话常与活正感见明问力理点文几定本公特做外相西果走将月十实向声车全信重三机工物气每并别真打"
    "太新比才便再书部水像等体却加电主界门利海受听表德少代员许先口由安性或更东记处应直字场平报"
    "关放至认接入内民度山路带万边任金原变通立数四条二五六七八九百千单位业务产规则制司管费用负"
    "责资权合同项议计算及按照须请假保险元报销部门员工客户服务系统技术质量安全信息"
    "這個們來時為說國著裡後會過對於學麼發當沒還樣種開總從無現動頭經長兒愛給間兩親進話與問點幾"
    "實將聲車機氣別書體電門聽員許東記處應場報關認帶萬邊變數條業務產規則單負責資費權項議計須請"
    "險銷戶統術質圖組織運設備標準據廠億號"
)
PUNCTUATION = frozenset("，。、；：？！“”‘’（）《》〈〉「」『』【】—…·％／～　\u00a0")


def plausibility(text: str, *, ascii_counts: bool) -> float:
    """Mean weight of the characters: 1 for frequent ones down to -2 for what is no character.

    ASCII is left out unless `ascii_counts`, as it reads the same in every 8-bit encoding;
    0 when nothing is left.
    """
    weights = [_weight(char) for char in text if ascii_counts or char > "\x7f"]
    return sum(weights) / len(weights) if weights else 0.0


@lru_cache(maxsize=70_000)
def _weight(char: str) -> float:
    if char in FREQUENT or char in PUNCTUATION or " " <= char <= "~" or char in "\t\n\r":
        return 1.0
    if "\u4e00" <= char <= "\u9fff":
        return 0.5 if _is_common(char) else 0.0
    if char == "\ufffd" or unicodedata.category(char) in ("Cc", "Cn", "Co", "Cs"):
        return -2.0
    return 0.2


def _is_common(char: str) -> bool:
    """Whether the character is in the first level of GB 2312 (3,755) or Big5 (5,401)."""
    gb = char.encode("gb2312", errors="ignore")
    big5 = char.encode("big5", errors="ignore")
    return bool(gb and gb[0] < 0xD8) or bool(big5 and big5[0] < 0xC8)
