"""Units of figures as documents write them: currencies, percent, time, mass, length, data."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Each unit with the ways to write it, English and Chinese. A way that several units share stands
# for any of them ("元" is that of China or Taiwan, "pounds" are money or mass). What is not here,
# such as a word for what is counted, agrees with every unit.
_WRITTEN = {
    "EUR": "€ eur euro euros 欧元 歐元",
    "USD": "$ us$ usd dollar dollars 美元 美金",
    "GBP": "£ gbp pound pounds sterling 英镑 英鎊",
    "CNY": "¥ cny rmb yuan renminbi 元 人民币 人民幣 块 块钱 元人民币",
    "JPY": "¥ jpy yen 日元 日圆 円",
    "HKD": "$ hk$ hkd 元 港元 港币 港幣",
    "TWD": "nt$ twd 元 新台币 新臺幣 台币",
    "CHF": "chf francs",
    "AUD": "$ a$ aud",
    "CAD": "$ c$ cad",
    "SGD": "$ s$ sgd",
    "percent": "% percent pct prozent 百分点 百分點",
    "per mille": "‰",
    "second": "s sec secs second seconds 秒 秒钟 秒鐘",
    "minute": "min mins minute minutes 分钟 分鐘 minuten",
    "hour": "h hr hrs hour hours 小时 小時 钟头 stunde stunden",
    "day": "day days 天 日 tag tage tagen",
    "week": "week weeks 周 週 星期 礼拜 woche wochen",
    "month": "month months 月 monat monate monaten",
    "year": "year years yr yrs 年 周年 週年 年度 岁 歲 jahr jahre jahren",
    "milligram": "mg milligram milligrams 毫克",
    "gram": "g gram grams 克",
    "kilogram": "kg kgs kilo kilos kilogram kilograms 公斤 千克",
    "tonne": "t ton tons tonne tonnes 吨 噸",
    "pound": "lb lbs pound pounds 磅",
    "millimetre": "mm millimetre millimetres millimeter millimeters 毫米",
    "centimetre": "cm centimetre centimetres centimeter centimeters 厘米 公分",
    "metre": "m metre metres meter meters 米 公尺",
    "kilometre": "km kilometre kilometres kilometer kilometers 公里 千米",
    "mile": "mile miles 英里",
    "foot": "ft foot feet 英尺",
    "inch": "inch inches 英寸",
    "square metre": "m2 sqm 平方米 平方公尺",
    "square kilometre": "km2 平方公里 平方千米",
    "hectare": "ha hectare hectares 公顷",
    "cubic metre": "m3 立方米",
    "millilitre": "ml 毫升",
    "litre": "l litre litres liter liters 公升",
    "celsius": "°c 摄氏度",
    "fahrenheit": "°f 华氏度",
    "kilobyte": "kb",
    "megabyte": "mb megabyte megabytes",
    "gigabyte": "gb gigabyte gigabytes",
    "terabyte": "tb terabyte terabytes",
    "watt": "w watt watts 瓦",
    "kilowatt": "kw kilowatt kilowatts 千瓦",
    "megawatt": "mw megawatt megawatts 兆瓦",
    "kilowatt hour": "kwh 千瓦时 千瓦時",
    "volt": "v volt volts 伏",
    "hertz": "hz",
    "megahertz": "mhz",
    "gigahertz": "ghz",
    "person": "person persons people 人 人次",
}
MONEY = frozenset({"EUR", "USD", "GBP", "CNY", "JPY", "HKD", "TWD", "CHF", "AUD", "CAD", "SGD"})
_UNITS: dict[str, frozenset[str]] = {}
for _unit, _ways in _WRITTEN.items():
    for _way in _ways.split():
        _UNITS[_way] = _UNITS.get(_way, frozenset()) | {_unit}
_SEVERAL = {"per cent": "percent", "percentage point": "percent", "percentage points": "percent"}
_SEVERAL |= {"square metre": "m2", "square metres": "m2", "square meter": "m2"}
_SEVERAL |= {"square meters": "m2", "us dollars": "usd", "u.s. dollars": "usd"}
_UNITS |= {way: _UNITS[same] for way, same in _SEVERAL.items()}
# Letters that are a unit only where they touch the figure: "5 a", "9 t" are other words.
_TOUCHING = frozenset("s h g t m l L W V".split())  # noqa: SIM905


# A Latin unit ends where its word does, also before a Chinese character.
_END = r"(?![A-Za-z\u00c0-\u024f])"


def _alternatives(ways: Iterable[str]) -> str:
    longest_first = sorted(ways, key=lambda way: (-len(way), way))
    return "|".join(re.escape(way) + _end(way) for way in longest_first)


def _end(way: str) -> str:
    if way in "$€£¥":
        return r"(?!\d)"
    return _END if way[-1].isascii() else ""


# For the inside of a pattern that ignores case.
UNIT = _alternatives(set(_UNITS) - {way.lower() for way in _TOUCHING})
TOUCHING_UNIT = f"(?-i:{_alternatives(_TOUCHING)})"
CURRENCY = "|".join(
    re.escape(way)
    for way in sorted(_UNITS, key=lambda way: (-len(way), way))
    if _UNITS[way] <= MONEY and way not in ("元", "块", "块钱", "円", "sterling", "francs")
)


def units_of(written: str) -> frozenset[str]:
    """Return the units that a way to write one stands for: {"CNY", "JPY"} of "¥", none of ""."""
    return _UNITS.get(" ".join(written.lower().split()), frozenset())


def agree(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether two figures may have the same unit: so where one of them names none."""
    return not one or not other or bool(one & other)
