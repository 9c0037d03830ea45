"""What every question of a language has in common, so that it can be taken off.

Some passages are near any question of a language, whatever it asks: those in that language, or
with a few characters of it. A bank of unrelated questions shows how near. The mean of a passage's
cosines with them is its product with their mean vector, so the correction costs nothing: the mean
is taken off the question's own vector. (Query-bank normalisation, Bogolin et al., CVPR 2022, in a
linear form.)
"""

from __future__ import annotations

import logging

import numpy as np
from langchain_core.embeddings import Embeddings

from retrieval.errors import LibraryError
from retrieval.ledger import Ledger, Vector

log = logging.getLogger(__name__)

# Everyday questions on many subjects; none of them is from a set that anything is measured on.
BANK = {
    "zh": (
        "公司的年假有多少天？", "这座桥是哪一年建成的？", "谁发明了电话？", "水的沸点是多少度？",
        "这本小说的作者出生在哪里？", "如何重置密码？", "该国的首都在哪个城市？",
        "保修期是多长时间？", "这场比赛的比分是多少？", "哪些员工可以远程办公？",
        "这种疾病有哪些症状？", "合同在什么情况下可以解除？", "河流的长度是多少？",
        "公司的净利润是多少？", "电影的导演是谁？", "为什么需要备份数据？",
        "战争是什么时候结束的？", "这项法律何时生效？", "机器的额定功率是多少？",
        "这种植物生长在哪里？", "会议由谁主持？", "报销需要哪些材料？", "行星绕太阳一周需要多久？",
        "这支球队的主场在哪里？", "大学成立于哪一年？", "这个词是什么意思？",
        "软件支持哪些操作系统？", "人口有多少？", "产品的价格是多少？", "董事会做出了什么决定？",
        "如何预防火灾？", "这位画家属于哪个流派？",
    ),
    "en": (
        "How many days of annual leave are there?", "In what year was the bridge built?",
        "Who invented the telephone?", "What is the boiling point of water?",
        "Where was the author of the novel born?", "How do I reset my password?",
        "Which city is the capital of the country?", "How long is the warranty period?",
        "What was the score of the match?", "Which employees may work remotely?",
        "What are the symptoms of this disease?",
        "Under what circumstances may the contract be terminated?", "How long is the river?",
        "What was the company's net profit?", "Who directed the film?",
        "Why do data need to be backed up?", "When did the war end?",
        "When does this law come into force?", "What is the rated power of the machine?",
        "Where does this plant grow?", "Who chaired the meeting?",
        "Which documents are needed for reimbursement?",
        "How long does the planet take to orbit the sun?", "Where is the team's home ground?",
        "In which year was the university founded?", "What does this word mean?",
        "Which operating systems does the software support?", "How large is the population?",
        "What is the price of the product?", "What did the board decide?",
        "How can fires be prevented?", "To which school did the painter belong?",
    ),
}  # fmt: skip
_BANK = "1"  # raised by one when the bank changes


class Hubs:
    """The mean question of each language for one embedding model, kept in the ledger."""

    def __init__(self, ledger: Ledger, embeddings: Embeddings, fingerprint: str) -> None:
        self._ledger = ledger
        self._embeddings = embeddings
        self._fingerprint = fingerprint
        self._known: dict[str, Vector] = {}

    def mean(self, lang: str) -> Vector:
        """Return the mean vector of the bank's questions in a language, "zh" or "en"."""
        if lang not in self._known:
            self._known[lang] = self._stored(lang)
        return self._known[lang]

    def _stored(self, lang: str) -> Vector:
        key = (self._fingerprint, f"{lang} {_BANK}")
        with self._ledger.read() as db:
            row = db.execute("SELECT mean FROM hubs WHERE fingerprint=? AND bank=?", key).fetchone()
        if row:
            return np.frombuffer(row[0], "<f4")
        vectors = [self._embeddings.embed_query(question) for question in BANK[lang]]
        mean = np.asarray(np.mean(vectors, axis=0), "<f4")
        if self._ledger.read_only:
            return mean
        try:
            with self._ledger.write() as db:
                db.execute("INSERT OR REPLACE INTO hubs VALUES (?, ?, ?)", (*key, mean.tobytes()))
        except LibraryError:  # a full disk, on which a library can be asked nevertheless
            log.warning("the mean of the questions could not be kept")
        return mean
