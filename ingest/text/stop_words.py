"""Words that say nothing about what a text is on: those of grammar, and those of asking.

Words of asking are rare in documents, so that a rare-word measure would take them for telling.
"""

CHINESE = frozenset(
    """
的 了 是 在 和 与 及 或 也 都 就 而 着 之 其 此 该 为 以 于 被 把 对 从 到 向 由 让 给 并 且
但 因 所 这 那 哪 几 谁 吗 呢 吧 啊 么 何 怎 它 他 她 们 我 你 您 很 将 又 则 个 等 有 什么
多少 哪些 哪个 哪里 哪儿 哪一 哪年 哪位 哪种 怎么 怎样 怎么样 如何 为什么 为何 何时 何地 多久
几个 是否 有没有 可以 能否 请问 请 一个 它们 他们 她们 我们 你们 什么样 这个 那个 这些 那些
以及 进行 关于 通过 根据 其中 什么时候
""".split()  # noqa: SIM905
)
ENGLISH = frozenset(
    """
a an the of in on at to for from by with and or but as is are was were be been being do does
did done has have had having what which who whom whose when where why how many much that this
these those it its he she they them their his her i you we our your there than then so such
not no if can could would will shall should may might must about into over after before
between during through under above also any some all each other more most s t don didn doesn
isn wasn please tell me
""".split()  # noqa: SIM905
)
