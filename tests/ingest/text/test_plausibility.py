from ingest.text import plausibility


def test_chinese_beats_its_wrong_decoding() -> None:
    text = "员工应当按照公司的规定报销费用"
    wrong = text.encode("gb18030").decode("big5hkscs", errors="replace")
    right_weight = plausibility(text, ascii_counts=False)
    assert right_weight > 0.67
    assert right_weight > plausibility(wrong, ascii_counts=False) + 0.3


def test_ascii_counts_only_when_asked() -> None:
    assert plausibility("plain words", ascii_counts=False) == 0.0
    assert plausibility("plain words", ascii_counts=True) == 1.0


def test_what_is_no_character_weighs_negative() -> None:
    assert plausibility("\ufffd\ue000\x81", ascii_counts=False) == -2.0
