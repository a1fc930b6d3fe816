/** Characters and words of Chinese brands with what a firm that translates its name calls itself. General knowledge, no list was mined. */
export const MEANINGS = `
星 star stars|龙 dragon long|凤 phoenix|金 gold golden|天 sky heaven celestial|海 sea ocean marine|山 mountain hill mount
阳光 sunshine sun sunny sunlight bright|太阳 sun solar|日 sun day japan|月 moon|长城 greatwall wall|红 red|蓝 blue|绿 green
白 white|黑 black|紫 purple|银 silver|铜 copper|铁 iron|钢 steel|玉 jade|宝 treasure|珠 pearl|钻 diamond|水晶 crystal|晶 crystal
永 forever ever|信 trust credit|诚 sincere honest honesty integrity|诚信 integrity|和 peace harmony|和平 peace|和谐 harmony
新 new neo|大 great big grand|小 small little mini|高 high top|芯 chip core|核 core nuclear|心 heart core
中 china middle central sino|华 china sino hua cathay|亚 asia|欧 euro europe|非 africa|美 america beauty|英 england hero
德 german virtue|法 law france|俄 russia|东方 orient oriental east eastern|光 light bright photon optical ray lux
电 electric power electro|力 power force|马 horse|虎 tiger|鹰 eagle hawk|狮 lion|熊 bear|狼 wolf|鹏 roc peng|鸿 hong swan
天鹅 swan|鹤 crane|燕 swallow|象 elephant|鹿 deer|牛 bull ox|鱼 fish|鲸 whale|蜂 bee|猫 cat|狐 fox|兔 rabbit|豹 leopard panther
麒麟 kylin unicorn|凤凰 phoenix|飞 fly flying|飞鱼 flyingfish|云 cloud|雷 thunder|雷霆 thunder|闪电 lightning|火 fire|水 water|风 wind
木 wood|石 stone rock|土 earth soil|雨 rain|雪 snow|冰 ice|花 flower|树 tree|林 forest|森林 forest|草 grass|叶 leaf|王 king
皇 emperor royal|国 nation country|民 people civil|人 human man|通 general link|通用 general universal
环球 global world universal|全球 global|全 all global omni|联 united link|联合 united union|合 united|众 many people mass
创 create innovation|创新 innovation|创造 create|未来 future|明 bright|明天 tomorrow|智 smart wisdom intelligent|智慧 wisdom smart
慧 wise wisdom smart|达 reach|盛 prosper|兴 prosper|富 rich wealth|福 fortune lucky blessing|吉 lucky|祥 lucky|瑞 lucky rich
友 friend|友谊 friendship|爱 love|优 best excellent|优胜 winner|胜 victory win|胜利 victory|赢 win|冠 champion crown|冠军 champion
皇冠 crown|精 fine|巨 giant|巨人 giant|超 super ultra|超级 super|极 ultra polar|极光 aurora|北极 arctic|南极 antarctic|一 1 one first
二 2 two second|三 3 three tri|四 4 four|五 5 five penta|六 6 six|七 7 seven|八 8 eight|九 9 nine|十 ten|百 hundred|千 thousand
万 ten thousand|亿 billion|双 double twin|太平洋 pacific|大西洋 atlantic|北方 north northern|南方 south southern|西方 west western
东 east|西 west|南 south|北 north|东北 northeast|西北 northwest|东南 southeast|西南 southwest|先锋 pioneer|先驱 pioneer|先进 advanced
领先 leading leader|领航 navigator pilot|卓越 excellence excellent|优越 superior|杰出 outstanding|诺亚 noah|梦 dream|梦想 dream
虹 rainbow|彩虹 rainbow|桥 bridge|路 road|路桥 roadbridge|舟 boat ark|方舟 ark|帆 sail|航 sail aviation|宇 universe
宇宙 universe cosmos|地球 earth|世纪 century|新世纪 newcentury|时代 era times epoch age|时空 space spacetime timespace|空间 space
人民 people|世界 world|天地 world|天空 sky|天使 angel|海洋 ocean sea|海鹰 seaeagle|神 god divine|仙 fairy|魔 magic|奇迹 miracle|奇 magic
力量 power|动力 power|能量 energy|源 source|源泉 source|泉 spring fountain|河 river|江 river|湖 lake|岛 island|港 harbour harbor port
湾 bay|滨 coast|谷 valley|园 garden|城 city|门 gate door|塔 tower|堡 fort castle|城堡 castle|长 long|远 far|远景 vision prospect
远大 broad|视 vision view|视野 vision|视界 vision|前沿 frontier|前景 prospect|前程 future|希望 hope|信念 faith|自由 freedom free liberty
独立 independent|勇 brave|英雄 hero|骑士 knight|战士 warrior|卫 guard|卫士 guard|盾 shield|剑 sword|箭 arrow|枪 gun spear
旗 flag banner|红旗 redflag|鼎 tripod|钟 clock bell|镜 mirror lens|眼 eye|耳 ear|手 hand|脑 brain|声 sound voice|音 sound|波 wave
频 frequency|速 speed fast|快 fast quick|迅 swift rapid|捷 quick swift express|敏 agile smart|便捷 easy|易 easy trade ease
简 simple|立方 cubic cube|方 square|圆 circle round|点 point dot|线 line|网 net web|元 yuan meta unit|维 dimension|空 air sky
气 air gas|微 micro|纳 nano|量子 quantum|粒子 particle|原子 atom|离子 ion|数 digital data|码 code|文 text|矿 mine|机 machine
车 car auto|轮 wheel|船 ship|箱 box|包 bag|盒 box|伞 umbrella|鞋 shoe|帽 hat|球 ball globe|台 table|桌 desk|椅 chair|家 home house
房 house|居 home|厦 building|科 science tech|技 tech|学 learn|教 teach|研 research|工 industry work|农 agri farm
商 business commerce|贸 trade|金融 finance|财 fortune wealth|银行 bank|保 guard protect|安 safe peace|安全 safe security|康 health
健康 health|健 health fit|医 medical med|药 pharma|生 life bio|命 life|活 life|绿色 green|生态 eco|环 ring eco loop|再 re|新生 newborn
原 origin original|本 origin|源头 source|顶 top|尖 tip top|峰 peak summit|巅峰 summit|岭 ridge|崖 cliff|冬 winter|春 spring
夏 summer|秋 autumn|晨 morning dawn|晨光 dawn|黎明 dawn|曙光 dawn|夜 night|朝阳 sunrise|旭日 sunrise|日出 sunrise|夕阳 sunset|黄 yellow
橙 orange|青 blue green cyan|粉 pink|灰 grey gray|棕 brown|苹果 apple|橘 orange|桃 peach|梅 plum|兰 orchid|竹 bamboo
菊 chrysanthemum|莲 lotus|荷 lotus|玫瑰 rose|百合 lily|松 pine|柏 cypress|橡 oak|枫 maple|红杉 sequoia|开放 open|开 open|关 pass
进步 progress|进 progress advance|发展 development|腾飞 takeoff|飞翔 flying|翔 soar fly|翼 wing|羽 feather|凌云 skyhigh|共创 cocreate
共同 common|共 common|同 same common|伙伴 partner|兄弟 brothers brother|姐妹 sisters|父 father|母 mother|子 son child|女 lady
贵族 noble|贵 noble|雅 elegant|美丽 beautiful|完美 perfect|理想 ideal|真 true real|实 real solid|信息 information|传奇 legend|传 legend
故事 story|歌 song|舞 dance|诗 poem|画 painting|艺 art|书 book|笔 pen|纸 paper|墨 ink|印 print seal|图 map picture|地图 map
长江 yangtze yangtse|黄河 yellowriver|珠江 pearlriver|泰山 taishan|大洋 ocean|远洋 ocean|蓝天 bluesky|红星 redstar|金桥 goldenbridge
金龙 goldendragon|星球 planet|行星 planet|银河 galaxy milkyway|火星 mars|金星 venus|木星 jupiter|土星 saturn|水星 mercury
北斗 beidou bigdipper|北极星 polaris polestar|彩 color colour|色 color colour|味 taste|香 fragrant|甜 sweet|美味 delicious|卡 card
票 ticket|钱 money|币 coin|税 tax|玩 play|游 tour|乐 happy joy|欢乐 happy|喜 happy joy|笑 smile|福星 luckystar|好 good|佳 good best
良 good|善 good|正 right positive|直 straight|平 flat peace|平安 peace pingan|稳 stable|固 solid|坚 firm strong|强 strong power
壮 strong|雄 hero grand|伟 great|宏 grand macro|博 broad|广 broad wide|深 deep|深蓝 deepblue|厚 thick|薄 thin|软 soft|硬 hard
热 hot heat|冷 cold cool|温 warm|净 clean pure|洁 clean|清 clear pure|纯 pure|丽 beautiful
`.trim();
