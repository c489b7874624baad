"""Who says so: claims that go on, reach back, are taken up by 他 or 报道, and those that nobody makes."""

from __future__ import annotations

import pytest


def said_by(context, words):
    """The claimant over some words of a text."""
    offset = context.reading.whole.index(words)
    sentence = next(s for s in context.reading.sentences if s.start <= offset < s.end)
    claimant = context.claimant(sentence, offset)
    return claimant.name if claimant else None


@pytest.mark.parametrize(
    ("text", "claimant"),
    [
        ("巴方说，敌军发射三枚导弹。", "巴方"),
        ("巴勒斯坦武装3日称，发射了三枚火箭弹。", "巴勒斯坦武装"),
        ("波兰渔民代表称，三艘渔船停航。", "波兰渔民代表"),
        ("美国及其盟友指责俄军动用三架飞机。", "美国及其盟友"),
        ("乌克兰军方和一名地区官员表示，三座电站受损。", "乌克兰军方和一名地区官员"),
        ("沙特高级别外交官称，三架飞机将交付。", "沙特高级别外交官"),
        ("两名美国官员26日透露，将提供三架飞机。", "美国官员"),
        ("克里姆林宫网站发布消息说，三架飞机升空。", "克里姆林宫网站"),
        ("欧盟委员会提议，提供三架飞机。", "欧盟委员会"),
        ("德国联邦政府提议提供三架飞机。", "德国联邦政府"),
        ("据媒体报道，三架飞机将交付。", "媒体"),
        ("据当地媒体4日报道，三架飞机坠毁。", "当地媒体"),
        ("当地救援部门4日说，三人受伤。", "当地救援部门"),
        ("据乌克兰空军消息，三架飞机被击落。", "乌克兰空军"),
        ("据联合国统计，三人受伤。", "联合国"),
        ("乌克兰国防部的数据显示，三架飞机被击落。", "乌克兰国防部"),
        ("俄罗斯国防部发言人科纳申科夫在声明中说，三架飞机被击落。", "科纳申科夫"),
        ("据法新社报道，乌克兰总统泽连斯基3日说，三架飞机被击落。", "泽连斯基"),
        ("泽连斯基总统在3日访问立陶宛期间，呼吁盟友提供三架飞机。", "泽连斯基"),
        ("俄罗斯国防部发布消息说，应俄方提议，三架飞机升空。", "俄罗斯国防部"),
        ("据黎巴嫩“广场”电视台3日晚报道，三架飞机受损。", "黎巴嫩“广场”电视台"),
        ("巴勒斯坦多个武装派别称，打击了三辆运兵车。", "巴勒斯坦多个武装派别"),
        ("巴勒斯坦武装组织方面3日称，打击了三辆运兵车。", "巴勒斯坦武装组织方面"),
        ("记者从乌克兰国防部了解到，三架飞机受损。", "乌克兰国防部"),
        ("据当地居民说，三座村庄遭炮击。", "当地居民"),
        ("据知情人士透露，三架飞机受损。", "知情人士"),
        ("当地警方说，三人受伤。", "当地警方"),
        ("消防部门4日说，三人受伤。", "消防部门"),
        ("该市市长说，三人受伤。", "该市市长"),
        ("总部设在伦敦的叙利亚人权观察组织说，三架飞机受损。", "叙利亚人权观察组织"),
        ("真主党3日发表声明，称其发射三枚火箭弹。", "真主党"),
        ("三架飞机受损——路透社报道", "路透社"),
        ("三架飞机受损——丹麦国防部", "丹麦国防部"),
        ("三架飞机受损 – 法新社", "法新社"),
        ("三架飞机受损——美联社引述瑞典空军的话", "瑞典空军"),
        ("三架飞机从波兰飞往罗马尼亚—保加利亚", None),
        ("马克龙和朔尔茨重申停火要求，并呼吁提供三架飞机。", "马克龙和朔尔茨"),
    ],
)
def test_the_claimant_is_read_whole(read, text, claimant):
    assert said_by(read(text), "三") == claimant


@pytest.mark.parametrize(
    ("text", "claimant"),
    [
        ("乌克兰空军3日称，敌军发射导弹，并称三架飞机受损。", "乌克兰空军"),
        ("泽连斯基感谢德国，并补充说，还需要三架飞机。", "泽连斯基"),
        ("泽连斯基说，援助已到。他还说，还需要三架飞机。", "泽连斯基"),
        ("李克强欢迎朔尔茨来访，他表示，将购买三架飞机。", "李克强"),
        ("《观察报》3日报道，损失很大。一名美国官员说，情况不变。报道指出，三架飞机受损。", "观察报"),
        ("乌方称击落三架飞机，俄方予以否认。", "乌方"),
    ],
)
def test_a_claim_is_taken_up_by_the_one_who_made_it(read, text, claimant):
    assert said_by(read(text), "三架") == claimant


@pytest.mark.parametrize(
    "text",
    [
        "“三架飞机被击落。”俄罗斯国防部说。",
        "“三架飞机够了。我们不要更多，”俄罗斯国防部3日表示。",
        "“三架飞机够了。我们不要更多。”俄罗斯国防部说。",
    ],
)
def test_whoever_is_named_behind_a_quotation_says_all_of_it(read, text):
    assert said_by(read(text), "三架") == "俄罗斯国防部"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("伊朗和沙特3日宣布恢复外交关系。7月，三架飞机首航。", "what states announce is no report"),
        ("俄国防部称，战事平静。\n北京3日晴。三架飞机起飞。", "another paragraph"),
        ("乌克兰空军说，敌军发动袭击。习近平主席在会见三名来宾时强调合作。", "the occasion of a statement"),
        ("三架飞机被击落，这是空军3日通报的。", "no verb of saying before"),
        ("三架飞机起飞。两人受伤，俄国防部称。", "no quotation to reach back over"),
        ("“三架飞机”是一部小说。两人受伤，俄国防部称。", "a quotation that ended before"),
    ],
)
def test_what_the_article_tells_itself_nobody_claims(read, text, why):
    assert said_by(read(text), "三") is None, why
