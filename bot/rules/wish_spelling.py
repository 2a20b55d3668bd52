"""Spelling that does not matter: accents, capitals, traditional characters, a slip of the finger or two."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

_CYRILLIC: Final = re.compile(r"[\u0400-\u04ff]")
_POSSESSIVE: Final = re.compile(r"['’‘`](s?)(?!\w)|['’‘`·]")

_TRADITIONAL: Final = """
乾干 貓猫 樂乐 積积 綿棉 欖榄 機机 電电 線线 無无 鑽钻 綠绿 紅红 藍蓝 黃黄 麵面 麥麦 蘋苹 檸柠 櫻樱
鳳凤 龍龙 蓮莲 薑姜 蔥葱 蘿萝 蔔卜 馬马 鈴铃 豬猪 雞鸡 鴨鸭 魚鱼 鮭鲑 鱈鳕 鮪鲔 蝦虾 鮮鲜 貝贝 蠔蚝
醬酱 鹽盐 糧粮 飯饭 餅饼 餃饺 餛馄 飩饨 饅馒 頭头 湯汤 圓圆 凍冻 優优 鵪鹌 鶉鹑 窩窝 藥药 維维 鎂镁
鈣钙 參参 紙纸 衛卫 濕湿 護护 髮发 發发 膚肤 臉脸 膠胶 潔洁 淨净 劑剂 塊块 顆颗 條条 個个 雙双 隻只
張张 鍋锅 盤盘 爐炉 壺壶 燒烧 鐵铁 鋼钢 鋁铝 銅铜 銀银 針针 釘钉 錘锤 鎖锁 鏡镜 鐘钟 鋸锯 錫锡 櫃柜
燈灯 籠笼 燭烛 氈毡 褲裤 襪袜 襯衬 嬰婴 兒儿 寶宝 媽妈 爺爷 孫孙 學学 書书 筆笔 畫画 遊游 戲戏 將将
紗纱 絲丝 綢绸 棗枣 葉叶 蘭兰 薔蔷 種种 樹树 莖茎 蘆芦 筍笋 薊蓟 園园 藝艺 術术 澆浇 噴喷 霧雾 驅驱
蟲虫 帳帐 傘伞 揹背 購购 買买 賣卖 團团 請请 問问 誰谁 嗎吗 這这 們们 來来 幾几 兩两 點点 還还 給给
會会 從从 東东 國国 臺台 灣湾 產产 雲云 廣广 龜龟 滷卤 醃腌 燻熏 煙烟 凈净 濾滤 碼码 數数 據据 連连
聽听 聲声 響响 鍵键 標标 螢荧 殼壳 貼贴 記记 憶忆 體体 儲储 視视 風风 氣气 掃扫 塵尘 拋抛 棄弃 單单
墊垫 啞哑 籃篮 輪轮 車车 騎骑 轉转 遙遥 鬆松 緊紧 軟软 輕轻 純纯 絨绒 細细 絹绢 縫缝 紉纫 織织 鳥鸟
飼饲 餵喂 熱热 涼凉 糰团 餡馅 糉粽 蓋盖 穀谷 蔴麻 漿浆 飲饮 釀酿 滿满 適适 應应 臘腊 腸肠 猶犹 檯台
號号 後后 裡里 裏里 麼么 說说 讓让 對对 為为 與与 當当 過过 開开 關关 長长 門门 間间 時时 實实 圖图
齊齐 價价 錢钱 樣样 質质 鴿鸽 鵝鹅 駱骆 駝驼 犛牦 鹼碱 醣糖 佈布 遞递 貨货 傢家 簾帘 蠟蜡 淺浅 濃浓
鹹咸 穌稣 蘇苏 荳豆 醫医 療疗 創创 鑰钥 鈕钮 鋪铺 補补 製制 複复 韓韩 羅罗 歐欧 義义 亞亚 瑪玛 達达
爾尔 納纳 倫伦 麗丽 貴贵 興兴 鄉乡 農农 業业 養养 滾滚 繩绳 網网 絡络 級级 緣缘 綜综 編编 練练 繪绘
續续 經经 組组 約约 終终 結结 統统 帶带 幫帮 師师 歲岁 屬属 層层 嶺岭 峽峡 島岛 廚厨 廠厂 廢废 動动
務务 勞劳 勢势 協协 衝冲 決决 況况 沒没 淚泪 測测 濟济 濱滨 滅灭 煉炼 煩烦 營营 爭争 獨独 獎奖 瑣琐
環环 瘋疯 盡尽 監监 確确 礦矿 禮礼 競竞 節节 範范 築筑 簡简 籤签 類类 獲获 萬万 處处 見见 規规 覺觉
親亲 觀观 計计 訂订 訊讯 討讨 訓训 設设 許许 評评 試试 話话 該该 認认 語语 課课 調调 談谈 論论 諸诸
謝谢 識识 議议 豐丰 負负 貢贡 資资 賽赛 贈赠 趕赶 跡迹 軍军 遠远 選选 邊边 郵邮 醜丑 釋释 鈔钞 錄录
鑒鉴 閃闪 閱阅 陽阳 陰阴 隊队 際际 險险 隨随 雜杂 離离 難难 靈灵 靜静 項项 順顺 預预 領领 頻频 顏颜
願愿 飛飞 館馆 駕驾 驗验 驚惊 髒脏 鬥斗 魯鲁 鮑鲍 鯊鲨 鴉鸦 鷹鹰 黴霉 齒齿 齡龄
丟丢 侖仑 侶侣 俬私 倉仓 備备 傳传 儀仪 內内 凱凯 別别 剋克 剛刚 剷铲 劍剑 卹恤 卽即 厠厕 厤历 唸念 喫吃 嘗尝 噹当 嚐尝 嚮向 囌苏 圍围 堅坚 報报 塗涂 塢坞 墻墙 壓压 壽寿
夾夹 奧奥 妝妆 孃娘 寬宽 寵宠 專专 尋寻 崑昆 崙仑 巖岩 幹干 庫库 廁厕 弔吊 彆别 彈弹 彔录 彫雕 彿佛 復复 徹彻 愛爱 慄栗 態态 慶庆 慼戚 懞蒙 懷怀 拚拼 捲卷 掛挂 換换 搖摇
搧扇 摺折 撥拨 撫抚 撲扑 撻挞 擊击 擴扩 攝摄 攪搅 敎教 斷断 昇升 曆历 曏向 曬晒 朮术 桿杆 棊棋 楊杨 楓枫 榦干 榲榅 槍枪 槓杠 槳桨 樺桦 檢检 檳槟 櫚榈 欄栏 歡欢 歷历 殺杀
殻壳 汙污 沖冲 減减 湊凑 溫温 溼湿 滌涤 漢汉 漬渍 潑泼 潛潜 潤润 澤泽 澱淀 濛蒙 瀉泻 瀝沥 灑洒 灘滩 烏乌 熒荧 燉炖 燙烫 牀床 牆墙 牽牵 狀状 狹狭 獅狮 獼猕 現现 琱雕 琺珐
瑤瑶 瓊琼 産产 異异 畵画 疊叠 痠酸 皁皂 皺皱 盃杯 盧卢 眞真 矇蒙 磚砖 礬矾 箇个 箏筝 篩筛 簽签 籬篱 糝糁 糞粪 紋纹 紐纽 紮扎 紹绍 絞绞 綉绣 綫线 綳绷 綵彩 緑绿 縣县 縮缩
縴纤 縷缕 總总 繃绷 繡绣 纈缬 纖纤 缽钵 罌罂 羣群 習习 翫玩 聖圣 聯联 脣唇 脩修 脫脱 脹胀 腦脑 腳脚 膽胆 臟脏 臨临 舊旧 茲兹 荊荆 莢荚 莧苋 華华 菸烟 萊莱 葯药 蒔莳 蒼苍
蔘参 蕁荨 蕎荞 蕓芸 蕪芜 薈荟 薘荙 薦荐 薩萨 蘚藓 蝨虱 蝸蜗 螄蛳 螞蚂 蟶蛏 蟻蚁 蠅蝇 蠣蛎 蠶蚕 衕同 衚胡 袷夹 裝装 覈核 觸触 託托 詞词 誌志 誕诞 諾诺 譜谱 讀读 變变 費费
貽贻 賀贺 賊贼 賬账 軋轧 軌轨 軸轴 較较 載载 輔辅 辦办 迴回 週周 運运 鄰邻 釐厘 釣钓 釦扣 鈅钥 鈉钠 鈎钩 鈡钟 鉆钻 鉗钳 鉛铅 鉢钵 鉤钩 銹锈 鋅锌 鋤锄 錐锥 錦锦 録录 錶表
鍊炼 鍬锹 鍼针 鍾钟 鎚锤 鎭镇 鎮镇 鏇旋 鏈链 鏟铲 鏽锈 鑄铸 鑷镊 閘闸 閤合 閲阅 闆板 陝陕 陞升 陳陈 隱隐 鞦秋 韆千 須须 頌颂 頓顿 頗颇 頸颈 顔颜 顯显 颱台 颳刮 飪饪 飾饰
餞饯 餬糊 饞馋 饢馕 鬍胡 鬚须 鬧闹 鬱郁 魷鱿 鯉鲤 鯖鲭 鯛鲷 鯡鲱 鯪鲮 鰈鲽 鰐鳄 鰭鳍 鰻鳗 鱒鳟 鱘鲟 鱷鳄 鱸鲈 鴛鸳 鴦鸯 鵡鹉 鵰雕 鷄鸡 鸚鹦 鹵卤 麩麸 麪面 麫面 麯曲 麴曲
麽么 鼕冬 齣出
場场 嗮晒 陸陆 廳厅 榮荣 黨党 聰聪 鞏巩 壘垒 堿碱 壇坛 奪夺 妳你 姍姗 幣币 擔担 擇择 擁拥 擠挤 擰拧 攤摊 敗败 敵敌 曉晓 梔栀 棟栋 樓楼 橋桥 歸归 毀毁 淒凄 湧涌 滯滞 澀涩
濺溅 瀏浏 瀾澜 煥焕 燦灿 犧牺 獸兽 瑩莹 甕瓮 畝亩 癢痒 盜盗 砲炮 碩硕 稅税 穩稳 窮穷 竅窍 竊窃 簷檐 粵粤 績绩 罰罚 罷罢 羨羡 翹翘 聳耸 職职 艙舱 艱艰 蔣蒋 蝕蚀 衆众 眾众
襖袄 襠裆 詢询 詳详 誠诚 誤误 賓宾 賞赏 賢贤 賠赔 賺赚 贊赞 贏赢 趙赵 躍跃 輛辆 輝辉 轎轿 辭辞 違违 鄭郑 醞酝 鈦钛 鉑铂 銷销 鋒锋 錯错 鍛锻 鑲镶 閏闰 闊阔 闖闯 隸隶 雛雏
韌韧 頁页 頂顶 頒颁 顧顾 颯飒 飽饱 餘余 駁驳 駐驻 駿骏 騙骗 驕骄 鰹鲣 鳴鸣 鶴鹤 鷺鹭 齋斋
"""
"""Traditional characters that names of goods are written with, each before its simplified one."""

_SIMPLIFIED: Final = {ord(pair[0]): pair[1] for pair in _TRADITIONAL.split()}

_ALIKE: Final = (
    "szcx",
    "ckq",
    "bv",
    "iye",
    "gj",
    "mn",
    "оа",
    "еи",
    "ыи",
    "бп",
    "дт",
    "гк",
    "зс",
    "жш",
    "вф",
    "шщ",
)
"""Letters that are mistaken for one another."""
_HEARD: Final = {
    "en": (
        ("ough|oe$", "o"),
        ("igh", "i"),
        ("ph", "f"),
        ("[kg]n(?=[aeiou])", "n"),
        ("c(?=[eiy])", "s"),
        ("(?<=[a-z])h(?![aeiou])|(?<=[rwg])h", ""),
        ("ck|q|c(?!h)", "k"),
        ("z", "s"),
        ("ee|ea|ie|ei|ey|y", "i"),
    ),
    "es": (
        ("(?<!c)h", ""),
        ("ll", "y"),
        ("v|w", "b"),
        ("qu?(?=[ei])|c(?![eih])|q", "k"),
        ("c(?=[ei])|z", "s"),
        ("g(?=[ei])|x", "j"),
        ("y$", "i"),
    ),
    "ru": (("[ьъ]", ""), ("[оа]", "а"), ("[еиыэ]", "и"), ("тс|дс", "ц"), ("сч|щ", "ш"), ("жи|жы", "жи")),
}
"""What sounds alike, by language, in this order."""
_NO_SLIP: Final = 4
_ONE_SLIP: Final = 10


def folded(text: str) -> str:
    """A text without what makes no other word of it: capitals, accents, apostrophes, traditional strokes."""
    spread = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е").translate(_SIMPLIFIED)
    joined = _POSSESSIVE.sub(lambda match: match[1] or "", spread)
    return joined if joined.isascii() else "".join(map(_bare, joined))


def sounds_alike(one: str, other: str) -> bool:
    """Whether words of one length differ only in letters that sound alike."""
    return all(
        a == b or any(a in each and b in each for each in _ALIKE) for a, b in zip(one, other, strict=True)
    )


def heard(word: str, language: str) -> str:
    """How a word sounds: words that are spelt otherwise and sound alike have the same."""
    for written, sound in _HEARD.get(language, ()):
        word = re.sub(written, sound, word)
    return undoubled(word)


def undoubled(word: str) -> str:
    """A word without letters that a finger doubled."""
    return re.sub(r"(.)\1+", r"\1", word)


def slips(word: str) -> int:
    """How many slips of the finger a word may have and still be known."""
    return 0 if len(word) < _NO_SLIP else 1 if len(word) < _ONE_SLIP else 2


def distance(one: str, other: str, *, most: int) -> int:
    """How many letters are missing, added, replaced or swapped; `most + 1` for all above `most`."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(row[j - 1] + 1, last[j] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return last[-1]


@lru_cache(maxsize=4096)
def _bare(letter: str) -> str:
    if _CYRILLIC.match(letter):
        return letter
    return "".join(
        part for part in unicodedata.normalize("NFKD", letter) if unicodedata.category(part) != "Mn"
    )
