"""The documents of `bench/tables.py`: twelve files with tables, half Chinese, half English."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

from table_files import DrawnPage, Rows, docx, placed, ruled_pdf, word_line, word_table, xlsx


def _words(text: str) -> list[str]:
    return text.split()


def _rows(text: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]


def _rooms() -> bytes:
    """Ruled, over two pages, the header only on the first; cells of several lines."""
    names = _words("""Acacia Alder Almond Apple Ash Aspen Bamboo Beech Birch Cedar Cherry Chestnut
    Cypress
    Elder Elm Fir Hazel Hemlock Hickory Holly Hornbeam Juniper Larch Laurel Lime Linden Maple
    Mulberry Myrtle Oak Olive Palm Pear Pine Plane Plum Poplar Rowan Spruce Willow Yew""")
    things = [
        "Projector, whiteboard and two ceiling microphones",
        "Wall screen with camera; cables are in the drawer below it",
        "Flip chart",
        "Two screens, a round table and an induction loop for hearing aids",
    ]
    rows = [["Room", "Floor", "Seats", "Equipment", "Asked for at"]]
    for n, name in enumerate(names):
        desk = ("front desk", "post room", "library")[n % 3]
        rows.append([name, str(n // 9 + 1), str(4 + n * 7 % 23), things[n * 3 % 4], desk])
    before = "All rooms can be booked for half a day or a whole day, in the order of requests."
    return ruled_pdf("en", "Meeting rooms in Harbour House", before, rows, [70, 40, 40, 190, 80])


def _regions() -> bytes:
    """No rules, two header rows, row groups."""
    page = DrawnPage("en", "Orders and returns by country")
    page.put(60, 70, "Orders and returns by country", 16)
    page.put(60, 98, "Shops and the web are counted together. Gifts are not counted as orders.")
    page.put(250, 140, "2024")
    page.put(400, 140, "2025")
    places = [60, 215, 290, 365, 440]
    page.rows(157, [["Country", "Orders", "Returns", "Orders", "Returns"]], places)
    body = _rows("""
        Northern Europe
        Denmark | 4,118 | 302 | 4,530 | 288
        Finland | 2,947 | 191 | 3,016 | 204
        Norway | 3,305 | 266 | 3,871 | 319
        Sweden | 6,042 | 455 | 6,377 | 431
        Southern Europe
        Greece | 1,874 | 143 | 2,055 | 160
        Italy | 7,716 | 802 | 7,290 | 764
        Portugal | 2,683 | 178 | 2,941 | 197
        Spain | 5,529 | 610 | 5,968 | 587
    """)
    end = page.rows(180, body, places)
    page.put(60, end + 20, "Returns are counted in the year in which the parcel came back.")
    return page.done()


def _calibration() -> bytes:
    """Ruled, merged header cells and merged departments, over pages with the header repeated."""
    rows = [
        ["部门", "设备", "检定周期（月）", "", "负责人"],
        ["", "", "内部", "外部", ""],
    ]
    departments = {
        "质检部": "电子天平 酸度计 分光光度计 卡尺 硬度计 恒温箱 色谱仪 水分测定仪 粘度计 显微镜",
        "生产一部": "压力表 温控器 流量计 扭力扳手 转速表 液位计 安全阀 电流表 称重斗 真空表",
        "生产二部": "注塑机传感器 烘箱 地磅 冷却塔仪表 空压机 配料秤 测厚仪 张力计 风速仪 露点仪",
        "仓储部": "叉车秤 温湿度计 电子吊秤 条码仪 冷库探头 台秤 气体报警器 皮带秤 噪声计 照度计",
    }
    people = ["陈立", "周岚", "何东", "马宁", "孙茜"]
    spans = [((0, 0), (0, 1)), ((1, 0), (1, 1)), ((2, 0), (3, 0)), ((4, 0), (4, 1))]
    n = 0
    for department, things in departments.items():
        first = len(rows)
        for k, thing in enumerate(_words(things)):
            cycle = [str(1 + n * 5 % 7), str(8 + n * 11 % 29)]
            rows.append([department if not k else "", thing, *cycle, people[n % 5]])
            n += 1
        spans.append(((0, first), (0, len(rows) - 1)))
    before = "本计划由计量室编制，每年一月更新一次，超期设备一律停用。"
    widths = [80, 130, 60, 60, 80]
    return ruled_pdf("zh", "计量设备检定计划", before, rows, widths, spans, repeated=2)


def _parcels() -> bytes:
    """No rules: a table with row groups and cells of two lines; two tables side by side."""
    page = DrawnPage("zh", "快递与文印服务价目")
    page.put(60, 70, "快递与文印服务价目", 16)
    page.put(60, 98, "一、快递资费")
    places = [60, 190, 280, 390]
    rows = _rows("""
        目的地 | 首重（元） | 续重（元/公斤） | 时效
        华东地区
        上海 | 10.5 | 2.2 | 次日上午送达
        杭州 | 11.0 | 2.4 | 次日下午送达
        合肥 | 12.5 | 3.1 | 两天之内送达
        西北地区
        西安 | 16.0 | 6.3 | 三天之内送达，
         |  |  | 节假日顺延
        兰州 | 18.5 | 7.8 | 四天之内送达，
         |  |  | 节假日顺延
        西宁 | 19.0 | 8.6 | 五天之内送达
    """)
    end = page.rows(125, rows, places) + 25
    page.put(60, end, "二、文印与装订")
    left = _rows("""
        打印项目 | 单价（元）
        黑白单面 | 0.15
        黑白双面 | 0.25
        彩色单面 | 1.20
        彩色双面 | 2.10
        工程图纸 | 6.80
    """)
    right = _rows("""
        装订方式 | 每册（元） | 等候时间
        骑马钉 | 1.50 | 10分钟
        胶圈装 | 4.00 | 25分钟
        精装 | 38.00 | 3个工作日
        热熔胶装 | 9.50 | 40分钟
        线装 | 66.00 | 5个工作日
    """)
    page.rows(end + 27, left, [60, 150])
    page.rows(end + 27, right, [280, 370, 450])
    return page.done()


def _long(lang: str) -> Rows:
    """A header and 500 rows."""
    if lang == "en":
        head = ["Article", "In stock", "Shelf", "Price each (EUR)"]
        names = product(
            _words("steel brass copper nylon titanium"),
            _words("bolt nut washer screw rivet anchor hinge clamp bracket spacer"),
            _words("M4 M5 M6 M8 M10 M12 M14 M16 M18 M20"),
        )
        said = [f"{a.capitalize()} {b} {c}" for a, b, c in names]
    else:
        head = ["物料", "库存数量", "货位", "单价（元）"]
        names = product(
            _words("棉 麻 丝绸 羊毛 涤纶"),
            _words("衬衫 长裤 围巾 外套 手套 帽子 背心 短裙 袜子 毛毯"),
            _words("红色 橙色 黄色 绿色 青色 蓝色 紫色 黑色 白色 灰色"),
        )
        said = [f"{c}{a}{b}" for a, b, c in names]
    body = []
    for n, name in enumerate(said):
        shelf = f"{'ABCDEFGH'[n % 8]}-{n * 13 % 97 + 1}"
        price = f"{3 + n * 17 % 89}.{n * 7 % 9 + 1}"
        body.append([name, str(7 + n * 389 % 1201), shelf, price])
    return [head, *body]


def _wide(lang: str) -> Rows:
    """A header with a name and 30 days, and 12 rows."""
    if lang == "en":
        head = ["Machine", *(f"{n} June" for n in range(1, 31))]
        names = """Saw;Lathe;Drill;Press;Mill;Grinder;Oven;Paint booth;Crane;Packing line;Laser;
        Compressor"""
    else:
        head = ["产线", *(f"6月{n}日" for n in range(1, 31))]
        names = "切割;焊接;喷涂;装配;检验;包装;冲压;注塑;清洗;烘干;贴标;码垛"
    return [
        head,
        *(
            [name.strip(), *(str(300 + (r * 31 + c * 47) % 593) for c in range(30))]
            for r, name in enumerate(names.split(";"))
        ),
    ]


def _stock() -> bytes:
    """Three sheets: a long one below a title, a wide one, one with two tables and merged cells."""
    parts = placed([["Parts kept in the Leeds store"]]) | placed(_long("en"), row=2)
    output = placed([["Pieces made by each machine"]]) | placed(_wide("en"), row=2)
    suppliers = _rows("""
        Supplier | Country | Delivery (days) | Discount
        Alders & Finch | United Kingdom | 4 | 2 %
        Brightwater | | 6 | 3 %
        Coldharbour | | 9 | 5 %
        Duval et fils | France | 11 | 4 %
        Estrade | | 13 | 6 %
    """)
    carriers = _rows("""
        Carrier | Pallet rate (EUR) | Phone
        Greyline | 81 | extension 4410
        Halfmoon | 74 | extension 4417
        Ironside | 96 | extension 4425
    """)
    people = placed([["Suppliers"]]) | placed(suppliers, row=1)
    people |= placed([["Carriers"]], row=10) | placed(carriers, row=11)
    merged = ["A1:D1", "B3:B5", "B6:B7"]
    return xlsx(
        {
            "Parts": (parts, ["A1:D1"]),
            "Output": (output, []),
            "Partners": (people, merged),
        }
    )


def _budget() -> bytes:
    """Two header rows and merged cells; a wide sheet; two tables side by side; a long sheet."""
    budget = _rows("""
        事业部 | 科目 | 一季度 | | 二季度 |
         | | 预算 | 实际 | 预算 | 实际
        华北事业部 | 差旅费 | 120 | 98 | 135 | 141
         | 培训费 | 45 | 52 | 40 | 38
         | 租赁费 | 310 | 305 | 318 | 322
        西南事业部 | 差旅费 | 87 | 93 | 91 | 84
         | 培训费 | 33 | 29 | 36 | 31
         | 租赁费 | 204 | 211 | 207 | 199
    """)
    merged = ["A1:F1", "A3:A4", "B3:B4", "C3:D3", "E3:F3", "A5:A7", "A8:A10"]
    halls = _rows("""
        会议厅 | 座位数 | 开放时间
        梅厅 | 36 | 8:00
        兰厅 | 58 | 9:30
        竹厅 | 112 | 7:45
    """)
    cars = _rows("""
        车牌尾号 | 核定载客 | 保养日
        206 | 7 | 每月3日
        518 | 23 | 每月12日
        739 | 45 | 每月21日
    """)
    return xlsx(
        {
            "部门预算": (placed([["2026年各事业部费用（万元）"]]) | placed(budget, row=2), merged),
            "物料": (placed([["苏州仓库服装清单"]]) | placed(_long("zh"), row=2), ["A1:D1"]),
            "产量": (placed(_wide("zh")), []),
            "后勤": (placed(halls) | placed(cars, column=4), []),
        }
    )


def _leave() -> bytes:
    """Merged header cells and merged row labels; a table within a cell of another."""
    table = _rows("""
        Staff group | Years of service | Leave (working days) | <
        ^ | ^ | Paid | Unpaid
        Office | under 5 | 24 | 3
        ^ | 5 and more | 28 | 7
        Workshop | under 5 | 26 | 4
        ^ | 5 and more | 31 | 9
        Drivers | under 5 | 27 | 2
        ^ | 5 and more | 33 | 11
    """)
    inner = _rows("""
        Shift | Allowance per hour
        Night | EUR 3.85
        Sunday | EUR 5.10
        Public holiday | EUR 7.40
    """)
    outer = [
        ["Subject", "Rule"],
        ["Allowances", word_line("Paid on top of wages:") + word_table(inner)],
        ["Breaks", "Forty minutes in a shift of eight hours"],
    ]
    return docx(
        word_line("Leave and allowances", "Heading1")
        + word_line("These rules hold for all sites from 1 March 2026.")
        + word_table(table, 2)
        + word_line("Allowances and breaks", "Heading2")
        + word_table(outer)
    )


def _travel() -> bytes:
    """Merged header cells and merged row labels; a table within a cell of another."""
    table = _rows("""
        职级 | 城市类别 | 住宿标准（元/晚） | < | 伙食补助
        ^ | ^ | 旺季 | 淡季 | ^
        经理 | 一类城市 | 680 | 560 | 150
        ^ | 二类城市 | 520 | 430 | 120
        主管 | 一类城市 | 540 | 450 | 130
        ^ | 二类城市 | 410 | 350 | 105
        员工 | 一类城市 | 430 | 370 | 110
        ^ | 二类城市 | 330 | 280 | 95
    """)
    inner = _rows("""
        车型 | 每日租金
        轿车 | 260元
        商务车 | 395元
        中巴 | 715元
    """)
    outer = [
        ["事项", "规定"],
        ["租车", word_line("确需租车的，按下表执行：") + word_table(inner)],
        ["机票", "提前七天预订经济舱"],
    ]
    return docx(
        word_line("差旅费用管理办法", "Heading1")
        + word_line("本办法自2026年4月1日起施行，适用于全体员工。")
        + word_table(table, 2)
        + word_line("其他规定", "Heading2")
        + word_table(outer)
    )


def _tariffs() -> bytes:
    return b"""<!doctype html><html lang="en"><head><title>Electricity tariffs</title></head><body>
<h1>Electricity tariffs</h1><p>Prices hold for contracts signed after 1 May 2026.</p>
<table><caption>Price per kilowatt hour in cents</caption>
<thead><tr><th rowspan="2">Tariff</th><th rowspan="2">Customer</th><th colspan="2">Day</th>
<th colspan="2">Night</th></tr>
<tr><th>Summer</th><th>Winter</th><th>Summer</th><th>Winter</th></tr></thead>
<tbody><tr><th rowspan="2">River</th><td>Household</td><td>28.4</td><td>31.9</td><td>19.2</td>
<td>22.7</td></tr><tr><td>Business</td><td>25.1</td><td>29.3</td><td>17.6</td><td>20.8</td></tr>
<tr><th rowspan="2">Meadow</th><td>Household</td><td>30.2</td><td>33.5</td><td>21.4</td>
<td>24.1</td></tr><tr><td>Business</td><td>27.7</td><td>30.6</td><td>18.9</td><td>23.3</td></tr>
</tbody></table>
<h2>Connection</h2><table><tr><td>Fuse size</td><td>Connection fee</td><td>Waiting time</td></tr>
<tr><td>35 ampere</td><td>EUR 640</td><td>3 weeks</td></tr>
<tr><td>63 ampere</td><td>EUR 915</td><td>5 weeks</td></tr>
<tr><td>125 ampere</td><td>EUR 2,380</td><td>8 weeks</td></tr></table>
<table><tr><th>Meter</th><td>Wall type</td></tr><tr><th>Reading day</th><td>first Monday</td></tr>
</table></body></html>"""


def _courses() -> bytes:
    return """<!doctype html><html lang="zh"><head><title>培训课程安排</title></head><body>
<h1>培训课程安排</h1><p>报名截止于开课前五天，满员后列入候补。</p>
<table><thead><tr><th rowspan="2">课程</th><th rowspan="2">校区</th><th colspan="2">名额</th>
<th rowspan="2">学费</th></tr><tr><th>工作日班</th><th>周末班</th></tr></thead>
<tbody><tr><td rowspan="2">消防安全</td><td>东区</td><td>32</td><td>18</td><td rowspan="2">免费</td>
</tr><tr><td>南区</td><td>27</td><td>14</td></tr>
<tr><td rowspan="2">数据分析</td><td>东区</td><td>24</td><td>41</td><td rowspan="2">680元</td></tr>
<tr><td>南区</td><td>19</td><td>36</td></tr></tbody></table>
<h2>讲师</h2><table><tr><th>讲师</th><th>办公室</th><th>答疑时间</th></tr>
<tr><td>梁启文</td><td>三号楼206</td><td>周二下午</td></tr>
<tr><td>邱雅琴</td><td>五号楼118</td><td>周四上午</td></tr>
<tr><td>贺建国</td><td>一号楼305</td><td>周一晚上</td></tr></table>
<table><tr><td>上课铃</td><td>8:15</td></tr><tr><td>午休</td><td>11:50至13:20</td></tr></table>
</body></html>""".encode()


def _pumps() -> bytes:
    return b"""# Pump data sheet

The values were measured with water of 20 degrees.

Model | Flow (l/min) | Lift (m) | Power (W)
--- | --- | --- | ---
Brook 2 | 38 | 9 | 250
Brook 4 | 64 | 14 | 480
Torrent 1 | 150 | 22 | 1,350
Torrent 3 | 210 | 31 | 2,200

Seals are replaced after 4,000 hours.
"""


def _fridges() -> bytes:
    return """# 冷库运行参数

各库温度由值班员每两小时记录一次。

库区 | 设定温度（℃） | 湿度（%） | 除霜间隔（小时）
--- | :---: | ---: | ---
蔬菜库 | 3 | 92 | 12
水果库 | 1 | 88 | 10
肉类库 | -18 | 75 | 8
水产库 | -25 | 71 | 6

报警后十分钟内必须到场。
""".encode()


DOCUMENTS: dict[str, Callable[[], bytes]] = {
    "rooms.pdf": _rooms,
    "regions.pdf": _regions,
    "检定计划.pdf": _calibration,
    "快递文印.pdf": _parcels,
    "stock.xlsx": _stock,
    "预算与库存.xlsx": _budget,
    "leave.docx": _leave,
    "差旅.docx": _travel,
    "tariffs.html": _tariffs,
    "课程.html": _courses,
    "pumps.md": _pumps,
    "冷库.md": _fridges,
}
