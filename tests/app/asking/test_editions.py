"""Of the editions of a document the one in force is read first; all invented, in both languages."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.service import KnowledgeBase
from ingest.text import language
from llm.answer import Question

OpenKb = Callable[..., KnowledgeBase]
Folder = Callable[..., Path]

# Paths and texts; the first of each pair is the older edition. Then a question and what only the
# edition in force says.
PAIRS = {
    "version in the head, en": (
        {
            "rules/parking-v1.md": "# Parking rules\n\nVersion 1.0, in force from 3 March 2021\n\n"
            "Visitors park on deck B. A visitor's car may stay for 2 hours.\n",
            "rules/parking-v2.md": "# Parking rules\n\nVersion 2.0, in force from 5 May 2025\n\n"
            "Visitors park on deck B. A visitor's car may stay for 6 hours.\n",
        },
        "How many hours may a visitor's car stay?",
        "6 hours",
    ),
    "year in the name, en": (
        {
            "prices/price-list-2023.md": "# Price list 2023\n\nAll prices in EUR without tax.\n\n"
            "A crate of elderflower syrup costs 31 EUR. A crate of cider costs 28 EUR.\n",
            "prices/price-list-2025.md": "# Price list 2025\n\nAll prices in EUR without tax.\n\n"
            "A crate of elderflower syrup costs 37 EUR. A crate of cider costs 33 EUR.\n",
        },
        "What does a crate of elderflower syrup cost?",
        "37 EUR",
    ),
    "folder of old things, en": (
        {
            "archive/staff-handbook.md": "# Staff handbook\n\nPets are welcome on Fridays. "
            "Every employee gets 24 days of leave and one day for moving house.\n",
            "staff-handbook.md": "# Staff handbook\n\nPets are welcome on Fridays. "
            "Every employee gets 27 days of leave and two days for moving house.\n",
        },
        "How many days of leave does an employee get?",
        "27 days",
    ),
    "replaces, en": (
        {
            "loans.md": "# Equipment loan form\n\nValid from 1 June 2022\n\n"
            "The head of the workshop signs. Tools are lent for 5 days.\n",
            "equipment-loan-new-form.md": "# Equipment loan form\n\nValid from 1 June 2024, "
            "replaces the form of 1 June 2022\n\n"
            "The head of the workshop signs. Tools are lent for 12 days.\n",
        },
        "For how many days are tools lent?",
        "12 days",
    ),
    "closing sentence, en": (
        {
            "2022/refund-policy.md": "# Refund policy\n\nCustomers get their money back within "
            "ten days if the seal is unbroken.\n\nThis policy takes effect on 1 February 2022.\n",
            "2025/refund-policy.md": "# Refund policy\n\nCustomers get their money back within "
            "thirty days if the seal is unbroken.\n\nThis policy takes effect on 1 March 2025.\n",
        },
        "Within how many days do customers get their money back?",
        "thirty days",
    ),
    "draft, en": (
        {
            "DRAFT travel guideline 2026.md": "# Travel guideline (draft)\n\nTrains are booked in "
            "first class. The limit for a hotel is 210 francs a night.\n",
            "Travel guideline 2025.md": "# Travel guideline\n\nTrains are booked in "
            "second class. The limit for a hotel is 160 francs a night.\n",
        },
        "What is the limit for a hotel a night?",
        "160 francs",
    ),
    "施行日期, zh": (
        {
            "食堂管理规定-2022版.md": "# 食堂管理规定\n\n- 版本：1.0\n- 施行日期：2022年3月1日\n\n"
            "员工凭工牌就餐，午餐补贴每餐12元，晚餐不补贴。访客由接待部门代刷。\n",
            "食堂管理规定-2025版.md": "# 食堂管理规定\n\n- 版本：2.0\n"
            "- 施行日期：2025年3月1日（1.0版同时废止）\n\n"
            "员工凭工牌就餐，午餐补贴每餐18元，晚餐不补贴。访客由接待部门代刷。\n",
        },
        "午餐补贴每餐多少元？",
        "18元",
    ),
    "年份在文件名, zh": (
        {
            "价目表2023.txt": "蜂蜜柚子茶价目表\n\n"
            "以下价格含税。蜂蜜柚子茶每箱85元，乌龙茶每箱120元。\n",
            "价目表2026.txt": "蜂蜜柚子茶价目表\n\n"
            "以下价格含税。蜂蜜柚子茶每箱96元，乌龙茶每箱135元。\n",
        },
        "蜂蜜柚子茶每箱多少钱？",
        "96元",
    ),
    "第几版, zh": (
        {
            "门店手册（第一版）.md": "# 门店手册（第一版）\n\n"
            "门店每天9点开门，打烊前30分钟停止点单，"
            "盘点每月一次。\n",
            "门店手册（第三版）.md": "# 门店手册（第三版）\n\n"
            "门店每天9点开门，打烊前15分钟停止点单，"
            "盘点每月一次。\n",
        },
        "打烊前多少分钟停止点单？",
        "15分钟",
    ),
    "自某日起施行, zh": (
        {
            "制度/加班管理办法.md": "# 加班管理办法\n\n加班须提前一天申请，每月不超过36小时，"
            "调休应在三个月内用完。\n\n本办法自2021年7月1日起施行。\n",
            "制度/加班管理办法（修订版）.md": "# 加班管理办法\n\n"
            "加班须提前一天申请，每月不超过36小时，"
            "调休应在六个月内用完。\n\n本办法自2024年7月1日起施行。\n",
        },
        "加班的调休应在几个月内用完？",
        "六个月",
    ),
    "旧版文件夹, zh": (
        {
            "旧版/退货政策.md": "# 退货政策\n\n未拆封的商品签收后7天内可以退货，运费由买家承担。\n",
            "退货政策.md": "# 退货政策\n\n未拆封的商品签收后20天内可以退货，运费由买家承担。\n",
        },
        "未拆封的商品签收后几天内可以退货？",
        "20天",
    ),
    "征求意见稿, zh": (
        {
            "会议室使用规定（征求意见稿）.md": "# 会议室使用规定（征求意见稿）\n\n"
            "会议室最多预订4小时，超时须重新预订，使用后关灯。\n",
            "会议室使用规定.md": "# 会议室使用规定\n\n"
            "会议室最多预订2小时，超时须重新预订，使用后关灯。\n",
        },
        "会议室最多预订几小时？",
        "2小时",
    ),
}
NOISE = {
    "canteen.md": "# Canteen\n\n"
    "Lunch is from twelve to two. A menu of the week hangs at the door.\n",
    "bees.md": "# The bees on the roof\n\nHoney is sold in the shop in August.\n",
    "fire.txt": "In a fire leave by the stairs and meet at the old lime tree.\n",
    "印章.md": "# 印章使用\n\n合同章由法务保管，借用须登记。\n",
    "班车.txt": "班车每天早上七点半从东门出发，晚上六点返回。\n",
    "茶水间.md": "# 茶水间\n\n咖啡机每周五清洗，杯子请自带。\n",
}


def read(kb: KnowledgeBase, question: str, k: int = 4) -> list[str]:
    """The passages that a question is answered from, in their order."""
    asked = Question(question, language(question))
    kb.finder.read(asked, kb.finder.look(asked.text, k))
    return [passage.page_content for passage in asked.passages]


# What has the same name and is not superseded: it tells of its own time, or of its own house.
BESIDE = {
    "minutes/2026-03 board minutes.md": "# Board minutes, March 2026\n\n"
    "Ms Orlow chaired. The board approved 40,000 EUR for the new kiln.\n",
    "minutes/2026-04 board minutes.md": "# Board minutes, April 2026\n\n"
    "Ms Orlow chaired. The board approved 15,000 EUR for the new roof.\n",
    "reports/annual-report-2023.md": "# Annual report 2023\n\n"
    "The glassworks sold 51,000 vases and employed 84 people.\n",
    "reports/annual-report-2024.md": "# Annual report 2024\n\n"
    "The glassworks sold 58,000 vases and employed 91 people.\n",
    "Lyon/smoking-rules.md": "# Smoking rules\n\nIn force from 1 May 2019\n\n"
    "Smoking is allowed in the yard behind gate 3.\n",
    "Porto/smoking-rules.md": "# Smoking rules\n\nIn force from 1 May 2024\n\n"
    "Smoking is allowed in the yard behind gate 8.\n",
    "董事会纪要/2026年3月会议纪要.md": "# 会议纪要\n\n时间：2026年3月4日\n\n"
    "会议同意购买两台窑炉。\n",
    "董事会纪要/2026年4月会议纪要.md": "# 会议纪要\n\n时间：2026年4月8日\n\n"
    "会议同意购买五台窑炉。\n",
}


@pytest.fixture
def kb(open_kb: OpenKb, folder: Folder) -> KnowledgeBase:
    """A library of all of these documents together."""
    kb = open_kb()
    files = [files for files, _, _ in PAIRS.values()]
    kb.ingest(
        [folder({path: text for part in (*files, BESIDE, NOISE) for path, text in part.items()})]
    )
    return kb


def test_the_edition_in_force_is_read_and_the_other_is_not(kb: KnowledgeBase) -> None:
    wrong = {}
    for pair, (documents, question, holds) in PAIRS.items():
        passages = read(kb, question)
        older = next(iter(documents.values()))[-30:].strip()
        # A search shows both, the one in force first.
        found = [p.metadata for p in kb.search(question, 40).passages]
        found = [p for p in found if p["path"] in documents]
        shown = [(p["edition"], bool(p["superseded"])) for p in found]
        if (
            holds not in passages[0]
            or any(older in passage for passage in passages)
            or [p["path"] for p in found] != [*reversed(documents)]
            or shown[0] != ("in force", False)
            or not shown[1][1]
        ):
            wrong[pair] = passages[:2], [(p["path"], p["edition"]) for p in found]
    assert not wrong


def test_what_tells_of_its_own_time_or_house_is_not_superseded(kb: KnowledgeBase) -> None:
    asked = (
        "What did the board approve in its minutes?",
        "How many vases has the glassworks sold?",
        "In which yard is smoking allowed?",
        "会议同意购买几台窑炉？",
    )
    for question in asked:
        found = [p.metadata for p in kb.search(question, 60).passages]
        beside = [p for p in found if p["path"] in BESIDE]
        assert beside, question
        assert not any(p.get("edition") for p in beside), question
        assert len(read(kb, question, 2)) == 2
        assert {p["path"] for p in found[:2]} <= set(BESIDE), question


def test_a_question_may_ask_for_an_older_edition(kb: KnowledgeBase) -> None:
    old, new = "stay for 2 hours", "stay for 6 hours"
    for question, first in (
        ("How many hours could a visitor's car stay in 2023?", old),
        ("How many hours may a visitor's car stay in version 1.0 of the parking rules?", old),
        ("How many hours may a visitor's car stay by the old rules?", old),
        ("How many hours may a visitor's car stay in June 2026?", new),
        ("What has changed: how many hours may a visitor's car stay?", new),
    ):
        passages = read(kb, question)
        at = [
            next((n for n, p in enumerate(passages) if t in p), 9)
            for t in (first, *({old, new} - {first}))
        ]
        assert at[0] < at[1], question
    assert at[1] < 9  # what has changed is told from both
    assert "每餐12元" in read(kb, "2023年午餐补贴每餐多少元？")[0]
    assert "每餐12元" in read(kb, "以前的规定里，午餐补贴每餐多少元？")[0]
