"""Units as sentences name them behind a number."""

from __future__ import annotations

COUNTED = "家个列次项件名人户场元倍条座所种份台套辆吨亩篇艘架"
"""Counting words after which a numeral in Chinese characters is a figure; 一批, 一带一路, 新一轮 are none."""
COUNTED_TOO = "张株处位起头笔例间眼尾栋幢"
"""More of them, which behind 一 are none as a rule: 一张网, 一起, 一处, 三位一体."""
HOTLINE = rf"(?:12|9[56])[0-9]{{3}}(?![0-9]|\s*[,.余多十百千万亿%‰{COUNTED}])(?=[^0-9，,。；;]{{0,8}}(?:热线|平台|投诉|举报|专线))"
"""The number of a hotline, such as 12345 in 12345政务服务热线, and not of what there are so many of."""
TOLL_FREE = r"[48]00[—–-](?:[0-9]{7}|[0-9]{3}[—–-][0-9]{4}|[0-9]{4}[—–-][0-9]{3})(?![0-9])"
"""A number that is called free of charge, such as 400-800-1234."""
SAME = {
    "km": (1000, "米"), "公里": (1000, "米"), "km2": (1, "平方公里"), "平方千米": (1, "平方公里"), "hm2": (1, "公顷"), "m2": (1, "平方米"), "m3": (1, "立方米"),
    "kW": (1000, "瓦"), "MW": (10**6, "瓦"), "兆瓦": (10**6, "瓦"), "GW": (10**9, "瓦"), "kWh": (1000, "瓦时"), "MWh": (10**6, "瓦时"), "ug/m3": (1, "微克/立方米"),
    "mg/L": (1, "毫克/升"), "kg": (1000, "克"), "公斤": (1000, "克"), "t": (1, "吨"), "h": (1, "小时"), "天": (1, "日"), "标准箱": (1, "标箱"), "TEU": (1, "标箱"),
}  # fmt: skip
"""Units that are told in several ways: how many of which they are."""
SHARED_BY = r"/1?0*[十百千万亿]+"
"""So many to each ten thousand or hundred thousand: /万, /10万."""
WORDS = (
    "个百分点", "百分点", "个季度", "季度", "个年度", "年度", "个工作日", "工作日", "个自然日", "自然日", "个小时", "小时", "个月", "分钟", "平方公里", "平方千米",
    "平方米", "立方米", "公里", "千米", "公顷", "吨标准煤", "吨标煤", "微克/立方米", "毫克/立方米", "毫克/升", "标准箱", "标箱", "千瓦时", "千瓦", "公斤", "千克", "毫克", "毫升", "毫米", "厘米", "公升", "英里",
    "兆瓦", "人次", "场次", "班次", "架次", "车次", "列次", "艘次", "件次", "户次", "批次", "周岁", "蒸吨", "美元", "欧元", "港元",
    "日元", "英镑", "元人民币", "人民币", "%", "‰",
)  # fmt: skip
