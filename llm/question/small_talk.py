"""Greetings, thanks, goodbyes, and questions about Zhiku itself, told by whole phrases."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ingest.text import HAN, folded, letters

SmallTalkKind = Literal["greeting", "thanks", "goodbye", "who", "help"]

_LONGEST = 80  # characters
_PIECES = re.compile(r"[,，.。;；:：!！?？¡¿~～、\n…]+")
_NAME = re.compile("zhiku|知库")
_HAN = re.compile(f"[{HAN}]")

# Whole phrases, each read without spaces, stops, accents and case, Traditional as Simplified. What
# may be asked of a device or a form, too ("how does it work", 怎么用), is none of them.
_PHRASES: dict[SmallTalkKind, dict[str, str]] = {
    "greeting": {
        "en": "hi|hello|hey|hello there|hi there|hey there|hello everyone|hi all|greetings"
        "|good morning|good afternoon|good evening|good day|how are you|how are you today"
        "|how are you doing|how do you do|how's it going|nice to meet you|are you there"
        "|anyone there|anybody there",
        "zh": "你好|您好|你好啊|您好啊|你好呀|大家好|嗨|哈喽|哈啰|嘿|喂|早|早上好|早安|上午好"
        "|中午好|下午好|晚上好"
        "|晚安|在吗|在不在|你在吗|您在吗|有人吗|你好吗|您好吗|最近好吗|很高兴认识你|幸会",
        "de": "hallo|guten tag|guten morgen|guten abend|moin|servus|grüß gott|wie geht es dir"
        "|wie geht es ihnen|wie geht's",
        "fr": "bonjour|salut|bonsoir|coucou|comment ça va|comment allez-vous|ça va",
        "es": "hola|buenos días|buenas tardes|buenas noches|buenas|qué tal|cómo estás|cómo está",
        "ja": "こんにちは|こんばんは|おはよう|おはようございます|はじめまして|もしもし"
        "|お元気ですか",
        "ru": "привет|здравствуйте|здравствуй|добрый день|доброе утро|добрый вечер|как дела"
        "|приветствую",
    },
    "thanks": {
        "en": "thanks|thank you|thank you very much|thank you so much|thanks a lot|many thanks"
        "|thx|ty"
        "|cheers|much appreciated|thanks for your help|thank you for your help|thanks again|great"
        "|perfect|excellent|very good|well done|ok|okay|ok thanks|okay thanks|ok thank you|got it"
        "|great thanks|great thank you|perfect thanks|that helps|that was helpful|good bot"
        "|that's all|that's all thanks|that is all",
        "zh": "谢谢|谢谢你|谢谢您|谢谢啦|谢谢了|多谢|多谢了|非常感谢|十分感谢|感谢|感谢你"
        "|感谢您|谢了|辛苦了|辛苦啦"
        "|麻烦你了|麻烦您了|谢谢你的帮助|谢谢您的帮助|好的谢谢|好谢谢|好的|好|好吧|好哒|嗯|嗯嗯"
        "|行|可以了|知道了|明白了|明白|了解了"
        "|收到|很好|太好了|太棒了|不错|真棒|没有了|没事了",
        "de": "danke|danke schön|danke sehr|vielen dank|besten dank|alles klar",
        "fr": "merci|merci beaucoup|merci bien|un grand merci",
        "es": "gracias|muchas gracias|mil gracias",
        "ja": "ありがとう|ありがとうございます|ありがとうございました|どうもありがとう|どうも"
        "|了解です|わかりました",
        "ru": "спасибо|большое спасибо|спасибо большое|благодарю|спасибо вам",
    },
    "goodbye": {
        "en": "bye|goodbye|good bye|bye bye|see you|see you later|see you soon|good night|farewell"
        "|have a nice day|have a good day|thanks bye|until next time|take care",
        "zh": "再见|拜拜|拜|回头见|明天见|下次见|再会|先这样|我走了|下班了",
        "de": "tschüss|tschüß|auf wiedersehen|bis später|bis bald|gute nacht|ciao",
        "fr": "au revoir|à bientôt|bonne journée|bonne nuit|à plus",
        "es": "adiós|hasta luego|hasta pronto|hasta mañana|chao",
        "ja": "さようなら|さよなら|またね|おやすみなさい|バイバイ|失礼します",
        "ru": "пока|до свидания|до встречи|спокойной ночи|всего доброго",
    },
    "who": {
        "en": "who are you|what are you|what is your name|what's your name|who am i talking to"
        "|are you a bot|are you a robot|are you an ai|are you human|are you a human|are you chatgpt"
        "|introduce yourself|please introduce yourself|tell me about yourself|what is"
        "|who made you",
        "zh": "你是谁|您是谁|你是什么|你是什么东西|你叫什么|你叫什么名字|您叫什么名字"
        "|您怎么称呼|你是机器人吗|你是人吗"
        "|你是真人吗|你是人工智能吗|你是ai吗|你是chatgpt吗|请介绍一下你自己|介绍一下你自己"
        "|介绍一下自己|自我介绍一下"
        "|请做个自我介绍|做个自我介绍|你是干什么的|你是干嘛的|你是做什么的|是什么|是谁|介绍一下",
        "de": "wer bist du|wer sind sie|was bist du|wie heißt du|wie heißen sie",
        "fr": "qui es-tu|qui êtes-vous|comment tu t'appelles|comment vous appelez-vous",
        "es": "quién eres|quién es usted|cómo te llamas|qué eres",
        "ja": "あなたは誰ですか|あなたは誰|だれですか|誰ですか|お名前は|自己紹介してください",
        "ru": "кто ты|кто вы|как тебя зовут|как вас зовут|ты кто",
    },
    "help": {
        "en": "help|help me|please help|please help me|can you help me|could you help me"
        "|i need help"
        "|what can you do|what can you do for me|what do you do|what can i ask|what can i ask you"
        "|what can i do here|how can you help|how can you help me|what are you able to do"
        "|what are you good for|what kind of questions can i ask|what questions can i ask"
        "|what should i ask|how do i use you|how do you work|what do you know"
        "|what can you help me with|what can you answer|how can i use you",
        "zh": "帮助|帮帮我|帮我|帮个忙|请帮帮我|求助|帮助一下|能帮我吗|你能帮我吗|可以帮我吗"
        "|你可以帮我吗|你能做什么|你能做些什么"
        "|你可以做什么|你会做什么|你会什么|你会些什么|你能干什么|你能干嘛|你有什么用"
        "|你有什么功能|你有哪些功能"
        "|你能帮我做什么|你能帮我什么|你可以帮我做什么|你能帮什么忙|您能做什么|您可以做什么"
        "|我能问什么|我可以问什么"
        "|我可以问你什么|我能问你什么|可以问什么|能问什么|我该问什么|可以问哪些问题"
        "|能问哪些问题|我可以问哪些问题|怎么问你"
        "|你怎么用|怎么使用你|你知道什么|你知道些什么|你都知道什么|你能回答什么"
        "|你能回答什么问题|你能回答哪些问题|能做什么"
        "|可以做什么|会什么|怎么用",
        "de": "hilfe|was kannst du|was können sie|was kannst du tun|was kannst du alles"
        "|kannst du mir helfen|können sie mir helfen|was kann ich fragen",
        "fr": "aide|aidez-moi|aide-moi|à l'aide|que peux-tu faire|que pouvez-vous faire"
        "|peux-tu m'aider|pouvez-vous m'aider|que sais-tu faire",
        "es": "ayuda|ayúdame|ayúdeme|qué puedes hacer|qué puede hacer|qué sabes hacer"
        "|puedes ayudarme|en qué puedes ayudarme",
        "ja": "ヘルプ|助けて|何ができますか|何ができるの|あなたは何ができますか|使い方を教えて"
        "|使い方を教えてください|手伝って",
        "ru": "помощь|помоги|помогите|что ты умеешь|что вы умеете|что ты можешь|что вы можете"
        "|чем ты можешь помочь|чем вы можете помочь",
    },
}
# Of these the name of Zhiku is a part; without it they ask about something else: 知库怎么用？
_NAMED_ONLY = frozenset(
    {"whatis", "是什么", "是谁", "介绍一下", "会什么", "怎么用", "能做什么", "可以做什么"}
)
_KNOWN: dict[str, tuple[SmallTalkKind, str]] = {
    letters(folded(phrase)): (kind, lang)
    for kind, phrases in _PHRASES.items()
    for lang, listed in phrases.items()
    for phrase in listed.split("|")
}
# Of "Hello, who are you?" the question is answered.
_FIRST: tuple[SmallTalkKind, ...] = ("help", "who", "goodbye", "greeting", "thanks")


@dataclass(frozen=True)
class SmallTalk:
    """What was said, and the language of a reply: zh, zh-Hant, en, de, fr, es, ja or ru."""

    kind: SmallTalkKind
    lang: str


def small_talk(text: str) -> SmallTalk | None:
    """Return what a text says to Zhiku itself; None for a question of any other kind.

    Every part of it must be such a phrase: "Hello, how many days of leave do I get?" is a question.
    """
    if len(text) > _LONGEST:
        return None
    said = []
    for piece in _PIECES.split(text):
        whole = letters(folded(piece)).replace("妳", "你")
        key = _NAME.sub("", whole)
        if key in _KNOWN and not (key == whole and key in _NAMED_ONLY):
            said.append(_KNOWN[key])
        elif key:
            return None
    for kind in _FIRST:
        if lang := next((lang for known, lang in said if known == kind), None):
            return SmallTalk(kind, written_in(text) if lang == "zh" else lang)
    return None


def written_in(text: str) -> str:
    """Return "zh-Hant" for a text with Traditional characters, else "zh" or "en" by its script."""
    han = "".join(_HAN.findall(text))
    if not han:
        return "en"
    return "zh" if folded(han) == han else "zh-Hant"
