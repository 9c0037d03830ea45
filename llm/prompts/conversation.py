"""What Zhiku says of itself and of its library, word for word, without a model.

The keys are the language of the reply: zh-Hant for Traditional characters. Greetings are known in
all of these languages, questions about the library in Chinese and English.
"""

from __future__ import annotations

_WHAT = {
    "zh": "我是知库，根据您放进来的文档回答问题，并注明出处。",
    "zh-Hant": "我是知庫，根據您放進來的文件回答問題，並註明出處。",
    "en": "I am Zhiku: I answer questions from your documents and show where each answer stands.",
    "de": "Ich bin Zhiku: Ich beantworte Fragen aus Ihren Dokumenten und zeige, wo es steht.",
    "fr": "Je suis Zhiku : je réponds aux questions d'après vos documents, sources à l'appui.",
    "es": "Soy Zhiku: respondo a preguntas a partir de sus documentos y cito las fuentes.",
    "ja": "Zhikuです。登録された文書をもとに質問に答え、出典を示します。",
    "ru": "Я Zhiku: отвечаю на вопросы по вашим документам и указываю источники.",
}
# Each line says what may be asked for; the 1.5B model, asked what it can do, made things up.
_ABILITIES = {
    "zh": "可以问一件事、要步骤或对比、请我总结一份文档，也可以问库里有哪些文件。",
    "zh-Hant": "可以問一件事、要步驟或對比、請我總結一份文件，也可以問庫裡有哪些文件。",
    "en": (
        "Ask for a fact, for steps or a comparison, for the summary of a document, or which "
        "documents there are."
    ),
    "de": "Fragen Sie nach Fakten, Schritten, Vergleichen oder der Zusammenfassung eines Textes.",
    "fr": "Demandez un fait, des étapes, une comparaison ou le résumé d'un document.",
    "es": "Pregunte por un dato, unos pasos, una comparación o el resumen de un documento.",
    "ja": "事実、手順、比較、文書の要約などをお尋ねください。",
    "ru": "Спросите о факте, шагах, сравнении или попросите краткое изложение документа.",
}
_HELLO = {
    "zh": "您好！",
    "zh-Hant": "您好！",
    "en": "Hello! ",
    "de": "Guten Tag! ",
    "fr": "Bonjour ! ",
    "es": "¡Hola! ",
    "ja": "こんにちは。",
    "ru": "Здравствуйте! ",
}
_THANKS = {
    "zh": "不客气！关于这些文档还想知道什么，请随时问我。",
    "zh-Hant": "不客氣！關於這些文件還想知道什麼，請隨時問我。",
    "en": "You are welcome! Ask me anything else about your documents.",
    "de": "Gern geschehen! Fragen Sie mich gern mehr zu Ihren Dokumenten.",
    "fr": "Je vous en prie ! Posez-moi d'autres questions sur vos documents.",
    "es": "¡De nada! Pregúnteme lo que quiera sobre sus documentos.",
    "ja": "どういたしまして。文書について、ほかにも何でもお尋ねください。",
    "ru": "Пожалуйста! Спрашивайте ещё о ваших документах.",
}
_GOODBYE = {
    "zh": "再见！需要查文档时，随时回来。",
    "zh-Hant": "再見！需要查文件時，隨時回來。",
    "en": "Goodbye! Come back whenever you need something from your documents.",
    "de": "Auf Wiedersehen! Ich bin da, wenn Sie etwas aus Ihren Dokumenten brauchen.",
    "fr": "Au revoir ! Revenez quand vous cherchez quelque chose dans vos documents.",
    "es": "¡Adiós! Vuelva cuando necesite algo de sus documentos.",
    "ja": "さようなら。文書を調べるときは、またどうぞ。",
    "ru": "До свидания! Возвращайтесь, когда понадобятся ваши документы.",
}
# By kind, then by language.
SMALL_TALK = {
    "greeting": {lang: _HELLO[lang] + _WHAT[lang] for lang in _WHAT},
    "thanks": _THANKS,
    "goodbye": _GOODBYE,
    "who": _WHAT,
    "help": {
        lang: what + ("" if lang in ("zh", "zh-Hant", "ja") else " ") + _ABILITIES[lang]
        for lang, what in _WHAT.items()
    },
}
# What a reply ends with when the library has documents; below it stand the examples.
FOR_EXAMPLE = {
    "zh": "比如，可以问：",
    "zh-Hant": "比如，可以問：",
    "en": "For example:",
    "de": "Zum Beispiel:",
    "fr": "Par exemple :",
    "es": "Por ejemplo:",
    "ja": "たとえば：",
    "ru": "Например:",
}
# Filled with titles of the library, one each: a question that Zhiku answers from that document.
EXAMPLES = {
    "zh": ("《{}》主要讲什么？", "关于《{}》有哪些文件？"),
    "zh-Hant": ("《{}》主要講什麼？", "關於《{}》有哪些文件？"),
    "en": ("What is “{}” about?", "Which documents are about “{}”?"),
    "de": ("Worum geht es in „{}“?", "Was regelt „{}“?"),
    "fr": ("De quoi parle « {} » ?", "Que prévoit « {} » ?"),
    "es": ("¿De qué trata «{}»?", "¿Qué establece «{}»?"),
    "ja": ("「{}」はどのような内容ですか？", "「{}」では何が定められていますか？"),
    "ru": ("О чём документ «{}»?", "Что установлено в «{}»?"),
}
NOTHING_YET = {
    "zh": "还没有可以改写的回答。请先提一个问题。",
    "zh-Hant": "還沒有可以改寫的回答。請先提一個問題。",
    "en": "There is no answer yet that could be given in another form. Ask a question first.",
}
NO_DOCUMENTS = {
    "zh": "库里还没有文档。",
    "zh-Hant": "庫裡還沒有文件。",
    "en": "There is no document in the library yet.",
    "de": "Die Bibliothek enthält noch kein Dokument.",
    "fr": "La bibliothèque ne contient encore aucun document.",
    "es": "La biblioteca aún no contiene ningún documento.",
    "ja": "ライブラリにはまだ文書がありません。",
    "ru": "В библиотеке пока нет документов.",
}

# What is said above a list of documents: all of them, those about a topic, those that are new, and
# those whose titles say what kind they are.
LISTED = {
    "zh": {
        "all": "库里有 {n} 份文档：",
        "topic": "与“{what}”有关的文档有 {n} 份：",
        "new": "{what}以来新增或更新的文档有 {n} 份：",
        "titles": "标题表明是此类的文档有 {n} 份：",
    },
    "zh-Hant": {
        "all": "庫裡有 {n} 份文件：",
        "topic": "與「{what}」有關的文件有 {n} 份：",
        "new": "{what}以來新增或更新的文件有 {n} 份：",
        "titles": "標題表明是此類的文件有 {n} 份：",
    },
    "en": {
        "all": "Documents in the library: {n}",
        "topic": "Documents about “{what}”: {n}",
        "new": "Documents added or updated since {what}: {n}",
        "titles": "Documents whose titles say that they are of this kind: {n}",
    },
}
# What is said instead of a list that would be empty.
NONE_LISTED = {
    "zh": {
        "all": "没有可以查阅的文档。",
        "topic": "没有找到与“{what}”有关的文档。",
        "new": "{what}以来没有新增或更新的文档。",
    },
    "zh-Hant": {
        "all": "沒有可以查閱的文件。",
        "topic": "沒有找到與「{what}」有關的文件。",
        "new": "{what}以來沒有新增或更新的文件。",
    },
    "en": {
        "all": "There are no documents here.",
        "topic": "I found no document about “{what}”.",
        "new": "No document was added or updated since {what}.",
    },
}
COUNTED = {
    "zh": "库里有 {n} 份文档。",
    "zh-Hant": "庫裡有 {n} 份文件。",
    "en": "There are {n} documents in the library.",
}
IN_COLLECTION = {
    "zh": "集合“{}”：",
    "zh-Hant": "集合「{}」：",
    "en": "Collection “{}”: ",
}
NO_COLLECTION = {
    "zh": "没有名为“{}”的集合。",
    "zh-Hant": "沒有名為「{}」的集合。",
    "en": "There is no collection called “{}”.",
}
MORE = {"zh": "另有 {} 份。", "zh-Hant": "另有 {} 份。", "en": "And {} more."}
