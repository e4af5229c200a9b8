"""What stands on the screen, put into words: real texts, and texts that would be said wrongly as they stand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.ports.voice import Tongue
from kiosk.speech_text import spoken_form

MANDARIN = [
    ("票号 A012，前面 6 人", "票号 A 零一二，前面六人"),
    ("2026年11月24日 14:05", "二零二六年十一月二十四日十四点零五分"),
    ("2026-11-24", "二零二六年十一月二十四日"),
    ("08:30–12:00，14:00–17:30", "八点三十分至十二点，十四点至十七点三十分"),
    ("6:00 至 10:00", "六点至十点"),
    ("咨询 020-0000 0001", "咨询，零二零，零零零零，零零零幺"),
    ("电话13800138000", "电话，幺三八，零零幺三，八零零零"),
    ("110101199003070011", "一一零一零一，一九九零，零三零七，零零一一"),
    ("11010119900307001X", "一一零一零一，一九九零，零三零七，零零一 X"),
    ("1101**********0011", "一一零一，中间隐藏，零零一一"),
    ("张**", "张，其余隐藏"),
    ("张＊", "张，其余隐藏"),
    ("尾号 3456", "尾号三四五六"),
    ("拨打 12345", "拨打一二三四五"),
    ("100,000 元", "十万元"),
    ("12,345 元", "一万二千三百四十五元"),
    ("收费 2 元", "收费两元"),
    ("¥10.5", "十点五元"),
    ("5%", "百分之五"),
    ("周 1-5，1–3 号窗口", "周一至五，一至三号窗口"),
    ("3/6", "三，共六"),
    ("承诺 5 个工作日 / 法定 20 个工作日", "承诺五个工作日，法定二十个工作日"),
    ("还有2个人，第2步，2号窗口，2月2日", "还有两个人，第二步，二号窗口，二月二日"),
    ("约 30 s，18.5m²，20mm，5kg", "约三十秒，十八点五平方米，二十毫米，五公斤"),
    ("带 A4 纸、ID 卡；EMS 邮寄……", "带 A 四纸、I D 卡；E M S 邮寄"),
    ("民生卡 App 二维码", "民生卡 A P P 二维码"),
    ("打开（https://a.example/t?x=1）看", "打开，屏幕上的网址，看"),
    ("《公司法》（2018 年修正）第十四条：公司", "公司法，二零一八年修正，第十四条，公司"),
    ("2017版证件", "二零一七版证件"),
    ("窗口休息 · 本机可用", "窗口休息，本机可用"),
    ("“扫一扫”「取号」", "扫一扫取号"),
    ("\ue88a 首页 ✓", "首页"),
    ("１２３ＡＢ", "一二三 A B"),
    ("٣ 项", "三项"),
    ("", ""),
    ("——", ""),
]
CANTONESE = [
    ("電話13800138000", "電話，一三八，零零一三，八零零零"),
    ("08:30–12:00", "八点三十分至十二点"),
    ("還有 2 個人", "還有两個人"),
]
ENGLISH = [
    ("Ticket A012: 6 people ahead", "Ticket A 0 1 2, 6 people ahead"),
    ("08:30–12:00", "8 30 to 12 o'clock"),
    ("at 14:05", "at 14 oh 5"),
    ("2026-11-24", "November 24, 2026"),
    ("November 24, 2026.", "November 24, 2026."),
    ("2026-13-45", "2026, 13, 45"),
    ("Enquiries 020-0000 0000", "Enquiries, 0 2 0, 0 0 0 0, 0 0 0 0"),
    ("110101199003070011", "1 1 0 1 0 1, 1 9 9 0, 0 3 0 7, 0 0 1 1"),
    ("1101**********0011", "1 1 0 1, the middle hidden, 0 0 1 1"),
    ("Wang**", "Wang, the rest hidden"),
    ("ending in 3456", "ending in 3 4 5 6"),
    ("100,000 yuan", "100000 yuan"),
    ("¥10.50, 5%", "10.50 yuan, 5 percent"),
    ("windows 1-5, page 3/6", "windows 1 to 5, page 3 of 6"),
    ("in 30 s, in 1 s", "in 30 seconds, in 1 second"),
    ("an ID card, by EMS, a QR code", "an I D card, by E M S, a Q R code"),
    ("A shop (in your own name)", "A shop, in your own name"),
    ("It's the hall's screen…", "It's the hall's screen"),
    ("see https://a.example/t", "see the address shown"),
    ("the 2nd window", "the 2nd window"),
    ("个体工商户", "个体工商户"),
    ("", ""),
]
TABLE = [(tongue, *row) for tongue, rows in zip(Tongue, (MANDARIN, CANTONESE, ENGLISH), strict=True) for row in rows]


@pytest.mark.parametrize(("tongue", "text", "said"), TABLE)
def test_is_put_into_words(tongue: Tongue, text: str, said: str) -> None:
    assert spoken_form(text, tongue) == said


@pytest.mark.parametrize("tongue", Tongue)
@given(text=st.text(max_size=40) | st.text(alphabet="0123456789-/:.,*%年月A ", max_size=20))
@settings(max_examples=150, deadline=None)
def test_every_text_can_be_said(tongue: Tongue, text: str) -> None:
    said = spoken_form(text, tongue)
    assert tongue is Tongue.ENGLISH or not any(sign in said for sign in "0123456789")
    assert not any(sign in said for sign in "*/\\@#%&·（）《》\n")
