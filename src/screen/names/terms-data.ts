/**
 * What bodies are called in English, Russian, Ukrainian and Belarusian, and Chinese: one meaning a line, because organisations are translated
 * more often than transliterated (facts/screening §7). `english | beginnings of Cyrillic words | Chinese`. General vocabulary, no list was mined.
 */
export const TERMS = `
research science scientific sciences study studies | научн исследов науков дослідн навуков изыскан | 科研 研究 科学 学术 科研院 研发
institute institution | институт інститут інстытут | 研究院 研究所 学院 研究中心 研究总院
academy academies academician | академ | 科学院
university | университет університет універсітэт | 大学 理工大学
college school | колледж училищ школ | 学校
laboratory laboratories labs lab | лаборатор | 实验室
center centre | центр цэнтр | 中心
plant factory works mill | завод фабрик | 厂 工厂 总厂 制造厂 分厂 工场
combine | комбинат комбінат камбінат | 联合企业
bureau office | бюро | 局 办公室 办事处
design designing engineering engineers engineer | конструктор проект инженер інженер | 设计 工程
designinstitute | проектн | 设计院
production producing manufacturing manufacture manufacturer mfg fabrication | производств виробнич вытворч изготов | 制造 生产 制作 加工
precision accurate high-precision | точн высокоточн прецизион | 精密 精工
association union | объединен обєднан ассоциац асоціац союз | 协会 联合会 促进会 联盟 总会 学会 同业公会
council committee commission | совет комитет комисс комітет рада | 委员会 理事会
enterprise enterprises undertaking | предприят підприємств прадпрыемств | 企业 事业
company companies firm | компани фирм компані кампані | 商号
group grp | групп група | 集团 集团公司
holding holdings | холдинг | 控股
corporation corp | корпорац карпарац |
concern | концерн канцэрн | 康采恩
consortium | консорциум | 财团
agency | агентств | 代理 通讯社 代理商
service services servicing | сервис служб обслуживан услуг | 服务 售后
system systems | систем сістэм | 系统 体系
technology technologies tech technological technique technical | технолог технологич тэхналог техник технич | 科技 技术 高科 高科技 新技术
electronic electronics electron | электрон електрон | 电子 電子
electric electrical electricity electro | электрич электро електр | 电气 电力 电器
electrotechnical | электротехн | 电工
electromechanical | электромеханич | 机电
mechanical mechanics mechanic | механич | 
machine machinery machines machine-building | машин станк машына | 机械 机器 机床
building construction constructing | строит строительств будівн будаўніч стройк | 建设 建筑 建工 基建 装饰 装修
tool tools | инструмент | 工具 刀具 量具
instrument instruments device devices instrumentation apparatus | прибор аппарат приладобуд | 仪器 仪表 器件 器材 器械
equipment hardware | оборудован обладнан снаряжен | 设备 装备
component components parts spare | компонент комплектующ деталь запчаст | 零部件 元器件 配件 元件 零件 部件 备件 汽配
semiconductor semiconductors | полупроводник напівпровідник | 半导体
microelectronic microelectronics | микроэлектрон | 微电子
chip chips | чип микросхем | 芯片 芯
integrated | интегральн | 集成
circuit circuits | схем | 电路
optic optics optical optoelectronic optoelectronics photoelectric photoelectricity photonics photonic opto | оптик оптич | 光学 光电 光电子 光子
laser lasers | лазер | 激光
infrared thermal | инфракрасн тепловиз | 红外 热像
radio | радио радіо | 无线电
radioelectronic radio-electronic | радиоэлектрон | 无线电电子
radar | радиолокац локац радар | 雷达
navigation navigational | навигац | 导航
communication communications telecom telecommunication telecommunications | связ коммуникац телекоммуникац звязок | 通信 通讯 电信 电讯
information info informational | информац информатик | 信息 资讯 信息化
security safety secure | безопасн безпек бяспек охран | 安全 保安 公安 安防 安保
defence defense | оборон | 防务 国防
military army | военн армейск армі армия військ воин | 军事 军工 军
guard guards guardsman | гвардейск гварди | 警卫
weapon weapons arms armament | оружи вооружен збро | 武器 兵器
ammunition munition munitions cartridge | боеприпас патрон снаряд | 弹药
powder gunpowder | порохов порох | 火药
explosive explosives | взрывчат взрыв | 爆破 炸药
missile missiles rocket | ракет | 导弹 火箭
artillery | артиллер | 火炮
tank armour armor armored armoured | танк бронетанк брон бронетехник | 装甲 坦克
repair repairing overhaul | ремонт | 修理 维修
aviation aircraft aero aeronautic aeronautical aeronautics | авиац авіац самолет самолёт летательн авиа | 航空 航空器 通航 飞机
helicopter helicopters rotorcraft | вертолет вертолёт вертал вертоліт вертолетостроен | 直升机
unmanned drone drones uav uavs uas | беспилот безпілот беспілот дрон | 无人机 无人 无人驾驶
space aerospace cosmic astronautics astronautical | космич космо воздушно космос | 航天 宇航 空间 太空
airforce air | воздушн | 空气 空
engine engines motor motors | двигател мотор двигун | 发动机 引擎 电机 动力机械 马达
turbine turbines turbo | турбин | 涡轮 汽轮机
reactor nuclear atomic | ядерн атомн реактор | 核 原子能 核能
energy power | энерг энергет | 能源 动力 能
ship shipbuilding shipyard shipyards | судостроит судов кораблестроит корабел судно судоверф | 造船 船舶 船厂
shiprepair ship-repair | судоремонт | 修船
shipping maritime marine sea naval navy | судоходн морск мореход | 海运 航运 海洋 海事 船务 轮船 远洋
vessel fleet | флот корабл | 船
port | порт | 港务 港口
transport transportation transports | транспорт перевоз | 运输 交通 速运
logistics logistic | логистич логістич логист | 物流 速递 快递 快运
railway railways rail railroad | железн железнодорожн | 铁路
automobile automotive auto car cars vehicle vehicles | автомобил аўтамабіл автомоб | 汽车 车辆 车业
truck trucks | грузов | 卡车
tractor tractors tractorplant | трактор тягач цягач | 拖拉机
wheel wheeled | колес колав | 车轮
bearing bearings | подшипник | 轴承
metal metals metallurgical metallurgy steel iron | метал металлург сталь стальн сталел | 金属 冶金 钢铁 钢 铁 钢材 不锈钢
nonferrous | цветн | 有色
aluminium aluminum | алюмин | 铝
titanium | титан | 钛
copper | медн | 铜
gold golden | золото золоты золотод | 黄金 金 贵金属
silver | серебро серебря | 银
diamond diamonds | алмазн | 钻石 金刚石
coal | уголь угольн | 煤炭 煤 煤业
mining mine mineral minerals mines | горн добыч шахт минерал | 矿业 采矿 矿产 矿山
chemical chemicals chemistry petrochemical | хим химич нефтехим хіміч | 化工 化学 石化 精细化工 化学品
polymer plastic plastics polymers | полимер пластик пластмасс | 塑料 高分子 塑胶 塑料制品 聚合物
material materials | материал матеріал | 材料 新材 新材料 建材
composite composites | композит композиц | 复合材料 复合
fibre fiber fibres fibers | волок | 纤维
glass | стекло стеколь стекляр | 玻璃
ceramic ceramics | керамич | 陶瓷 瓷
rubber tyre tire | резино резинот шин | 橡胶 轮胎 橡塑
oil petroleum | нефт нафт | 石油 油 油品 油气
gas | газ | 天然气 燃气 气体
oilfield drilling | бурени бурово буровы | 钻井 油田
pipe pipes pipeline tube tubes | труб трубопровод | 管道 钢管
bank banking | банк | 银行
insurance | страхов | 保险
financial finance | финанс фінанс | 金融 财务
investment investments invest | инвестиц інвест | 投资 创投
capital | капитал | 资本
fund foundation | фонд | 基金 基金会
leasing | лизинг | 租赁 融资租赁
stock exchange | бирж фондовы фондово акционерн | 交易所
trading trade merchandise commerce commercial | торгов торг торгівельн гандл коммерч | 贸易 商贸 商务 经贸 科贸 贸 商业 销售 经销 营销
house | дом | 商行 行 洋行 商社
import importing imports | импорт імпорт | 进口
export exporting exports eksport | экспорт експорт | 出口
importexport | импортэкспорт | 进出口
external foreign | внешн внешнеэкономич зовнішн | 对外 外贸
international intl | международн міжнародн | 国际
global world worldwide universal | глобальн мировой | 环球 全球 世界
national | национальн національн нацыянальн | 国家 全国 民族
state federal public government governmental | государств федерал державн казенн дзяржаўн гос | 国有 国营 公共
republican republic | республик республік рэспублікан | 共和国
people peoples | народн люд | 人民
liberation | освобожден | 解放
general | генеральн | 总 通用
central | центральн цэнтральн | 中央
main chief head | главн головн | 
first | перв | 第一
regional region oblast | регионал област районн регион | 地区
city municipal town | городск город муницип міськ гарадск | 市 城市 市政
industry industrial industries | промышлен промислов индустри індустр прамыслов | 工业 产业 实业
development developing | развит разработ розвит | 发展 开发 拓展
advanced innovation innovative innovations innovational prospective | инновац передов перспектив | 创新 先进 前沿
new | новы новые новая новое нова | 新
special specialized specialised | специальн спец спеціальн | 特种 专用
control management administration managing directorate | управлен управля кіруюч керуюч управляющ администрац упраўл дирекц | 管理 控制 管理局 管委会
automation automatic automated | автоматиз автоматич автоматик | 自动化 自动
intelligent smart intelligence artificial | интеллект разведыват | 智能 人工智能 智慧
digital | цифров | 数字 数码
software program programs programme | программ софт | 软件
computer computing computers supercomputing supercomputer computational | компьютер вычислит суперкомп | 计算 计算机 超级计算 电脑
network networks internet | сет интернет мереж | 网络 互联网 网
data | данн дата | 数据 大数据
cloud | облач | 云计算
quantum | квант | 量子
physics physical | физик физич | 物理
mathematics | математ | 数学
biological biology bio biotechnology biomedical | биолог биотех | 生物
medical medicine | медицин медич | 医学 医疗 医药 医用
pharmaceutical pharma pharmacology pharmaceuticals | фармацевт фарм | 药业 制药 药理 药品 药物
health hygiene | здоровь гигиен | 卫生 健康
food foods | продовольств пищев харчов | 食品 饮料 粮油
agricultural agriculture agro agri | сельскохоз сельск аграрн агро | 农业 农产品 农牧
milk dairy | молоч | 乳业
wood timber forest forestry | лес древес | 木业 林业 木材
textile textiles | текстил ткан | 纺织 针织 纺织品 丝绸 印染
paper | бумаж | 纸业 造纸
water | вод водн | 水务 水
hydraulic hydraulics hydro | гидравл гидро | 液压
heavy | тяжел | 重工 重型 重
light | легк | 轻工
special-purpose | назначен | 
vacuum | вакуум | 真空
welding | свароч | 焊接
forge forging press pressing | кузнечн пресс прессов ковк | 锻压 锻造
casting foundry | литейн | 铸造
measurement measuring metrology measurements | измер метролог | 测量 计量 测控
testing test tests | испытат испытан тест | 试验 检测 测试 检验
acoustic sonar hydroacoustic | акуст гидроакуст | 声学
signal signals | сигнал | 信号
antenna antennas | антенн | 天线
microwave | сверхвысокочастот свч микроволн | 微波 射频
power-supply battery batteries accumulator | аккумулятор батаре | 电池 蓄电池 电源
cable cables | кабел | 电缆 线缆 光缆
lamp lighting | ламп светотехн | 照明 灯饰 灯具
film | плен | 薄膜
printing | печат | 印刷 打印
media news broadcasting television tv | телевид телевизион радиовещ новост сми медиа | 传媒 媒体 广播 电视 新闻
culture cultural | культур | 文化
sport sports sporting | спорт | 体育 运动用品
youth young | молодеж молодіж | 青年
patriotic | патриот | 爱国
party political politics | парти політич политич | 政党 党
movement | движен рух | 运动
brigade | бригад | 旅
battalion | батальон батальён | 营
regiment | полк полку | 团
division | дивизи | 师
corps | корпус | 兵团
force forces troops | сил войск війська | 部队 军队
combined | общевойск | 合成
militia | ополчен | 民兵
legion | легион легіён | 军团
volunteer volunteers volunteer-corps | доброволь добровол | 志愿
police interior internal | полиц внутренн милиц внутр поліц | 警察 内务
court | суд | 法院
prosecutor | прокурат | 检察院
ministry department | министерств міністерств ведомств міністэрств департамент | 部 司 厅
customs | тамож митн | 海关
institute-of-statistics statistics | статистик | 统计
committee-investigative investigative | следств следствен | 调查
prison penal correctional colony | исправит колон тюрьм тюрем | 监狱
private | частн приватн прыватн | 私营
independent | независим незалежн | 独立
joint | совместн спільн сумесн | 合资 联合
supply procurement supplies | снабжен поставк закупк постачан | 供应 采购
chain | цеп цепоч | 链
supplychain | | 供应链
freight forwarding forwarder cargo | экспедиц фрахт груз | 货运 货运代理 货代
warehouse storage | склад хранен | 仓储 仓库
consulting consultancy advisory | консалт консультац | 咨询 顾问
travel tourism tourist | турист туризм | 旅游 旅行社 旅行
hotel | гостиниц отел | 酒店 饭店 宾馆
estate property real | недвижим | 地产 房地产 置业 物业
electrician lifting crane | кран подъем | 起重
fire | пожар | 消防 火
environment environmental ecology ecological | эколог окружающ | 环境 环保 生态
cosmonautics | космонавтик | 
geology geological geophysical exploration | геолог геофиз развед | 地质 勘探 勘测
cartography geodesy mapping survey geospatial | картограф геодез | 测绘 地理
satellite satellites | спутник | 卫星
remote | дистанцион зондир | 遥感
time | времен | 授时 时间
sensor sensors sensing | датчик сенсор | 传感 传感器 感测
camera video surveillance imaging vision | видео камер фото | 摄像 视觉 视频 影像 相机 监控
robot robotics robotic | робот | 机器人
printing3d | аддитив | 增材
numerical cnc | числов чпу | 数控
microbiology | микробиолог | 微生物
epidemiology | эпидемиолог | 流行病学
toxicology | токсиколог | 毒理
disease | заболеван | 疾病
prevention | предупрежд профилакт | 预防
life | жизн | 生命
utilization application applied applications | применен прикладн | 应用
basic fundamental | базов фундамент | 基础
key | ключев | 重点
engineering-physics | инженернофиз | 工程物理
polytechnical polytechnic | политехнич | 工业大学
normal pedagogical | педагогич | 师范
economic economy | эконом | 经济
promotion | содейств продвиж | 促进
cooperation | сотрудничеств кооперац | 合作
friendship | дружб | 友好 友谊
chamber | палат | 商会 总商会
entrepreneur entrepreneurs | предпринимат | 企业家
charity charitable | благотворит | 慈善
religious church | религиоз церков православ | 宗教 教会
islamic | ислам | 伊斯兰
front | фронт | 阵线
committee-people | | 人民委员会
star | звезд зірк | 星
east eastern oriental orient | восточн | 东方
west western | западн захід | 西方
north northern | северн північн | 北方
south southern | южн південн | 南方
northwest northwestern north-western | северозапад | 西北
northeast northeastern | северовосток | 东北
southwest southwestern | югозапад | 西南
southeast southeastern | юговосток | 东南
far | дальн дальневост | 远东
asia asian | ази азі | 亚洲 亚
europe european euro | европ європ | 欧洲 欧
eurasia eurasian | еврази | 欧亚 亚欧
pacific | тихоокеан | 太平洋
baltic | балтий прибалтий | 波罗的海
ural urals | урал | 乌拉尔
siberia siberian | сибир | 西伯利亚
volga | волг | 伏尔加
caucasus | кавказ | 高加索
crimea crimean | крым крим | 克里米亚
all-russian all-russia | всероссийск общероссийск | 全俄
russia russian ru rossiya | росси россий російск росій расій | 俄罗斯 俄
belarus belarusian byelorussian | белорусс беларус белорус | 白俄罗斯
ukraine ukrainian | украин україн | 乌克兰
china chinese | китай китайск | 中国 中华
iran iranian | иран | 伊朗
moscow | москов москв | 莫斯科
petersburg spb leningrad | петербург спб ленинград | 圣彼得堡

complex complexes | комплекс | 综合
refinery refining | нефтеперерабатыв нефтеперераб перерабат | 炼油 炼化
operator | оператор | 运营
grain corn | зернов зерн хлеб | 粮食
armed | вооруж зброй | 武装
federation | федерац | 联邦
frequency frequencies | частот радиочастот | 频率
experimental pilot | опытн эксперимент | 实验
educational education training teaching | учебн образоват обучен освітн навучальн | 教育 培训
school-children children child childrens | детск дитяч дзіцяч | 儿童
operation operations | операц | 行动
airborne paratroop | десантн | 空降
warfare struggle combat fighting | борьб боев | 作战
separate detached | отдельн окрем | 
cossack cossacks | казач козач | 哥萨克
black | черн чорн | 黑
white | бел | 白
red | красн червон | 红
blue | син голуб | 蓝
green | зелен | 绿
seas | морей | 海
reconstruction | реконструкц | 重建
president presidential | президент | 总统
aggregate aggregation | агрегат | 总成
solution solutions | решен рішен | 解决方案
affairs affair | дел справ | 
modern | современн сучасн | 现代
project projects | проектам | 项目
ecosystem | экосистем | 
holography holographic | голограф | 全息
distillery spirits vodka wine | водоч спирт лікер винодел | 酒业
reserve reserves | резерв | 储备
rescue emergency | спасат чрезвыч | 救援 应急
budgetary budget | бюджет | 预算
autonomous | автономн | 自治
educational-institution establishment | учрежден установ | 
organisation organization | организац організац арганізац | 组织
society | обществен громадськ | 社会
information-analytic analytical analysis analytics | аналитич аналит | 分析
strategic strategy | стратег | 战略
tactical | тактич | 战术
monitoring | мониторинг | 监测
reconnaissance | разведк | 侦察
geographic | географ | 
climate weather hydrometeorological | гидрометеор | 气象
nuclear-waste waste recycling | отход утилиз | 回收
fishing fish fishery | рыб рибн | 渔业
hunting hunter | охот | 
meat | мясн | 肉类
sugar | сахар | 糖业
tobacco | табач | 烟草
furniture | мебел | 家具 家居
clothing garment apparel uniform | одежд пошив | 服装 服饰 制衣 时装
shoe footwear | обув | 鞋业 鞋 皮革
toy toys | игруш | 玩具
game games | игр | 游戏
music | музык | 音乐
film-studio cinema movie | кино | 电影
art arts | искусств мистец | 艺术
history historical | истор | 历史
memory memorial | памят | 纪念
library | библиотек | 图书馆
museum | музе | 博物馆
theatre theater | театр | 剧院
family | сем | 家庭
women woman | женск женщин | 妇女
veteran veterans | ветеран | 老兵
soldier soldiers warrior | солдат | 战士
hero heroes | геро | 英雄
victory | побед перемог | 胜利
freedom liberty | свобод | 自由
unity united | един єдин | 统一
solidarity | солидарн | 团结
justice | справедлив | 正义
legal law | юридич правов закон | 法律
human rights right | прав | 权利
election electoral elections | избират выбор вибор | 选举
parliament duma assembly | дум парламент законодат | 议会
government-body cabinet | правительств уряд | 政府
governor | губернатор | 省长
deputy | заместител | 副
embassy consulate | посольств консул | 大使馆 领事馆
border frontier | погранич погранн прикорд | 边境 边防
airport airports | аэропорт аеропорт | 机场
airline airlines airways | авиакомпани авіакомпан авиалини | 航空公司
ferry | паром | 轮渡
bridge | мост | 桥
road roads highway | дорож дорог автодор | 公路 路桥
tunnel | тоннел туннел | 隧道
cement | цемент | 水泥
concrete | бетон | 混凝土
brick | кирпич | 砖
paint coating lacquer | краски красок лакокрас покрыт | 涂料 油漆
lubricant lubricants | смазоч масл | 润滑
additive additives | присад добав | 添加剂
fertilizer fertiliser fertilizers | удобрен | 化肥 肥料
acid | кислот | 酸
salt | солян | 盐
pump pumps | насос | 泵 泵业 水泵
valve valves | клапан арматур | 阀门 阀
compressor | компрессор | 压缩机
cooling refrigeration refrigerator | холодил охлажд | 制冷
heat heating heater | тепло отопл | 热力 供热
boiler | котел котло | 锅炉
spring | пружин | 弹簧
wire | провод | 电线
transformer | трансформатор | 变压器
relay | реле | 继电器
switch | переключ | 开关
connector connectors | соединител разъем | 连接器 接插件
capacitor condenser | конденсатор | 电容
resistor | резистор | 电阻
crystal | кристалл | 晶体
quartz | кварц | 石英
mirror | зеркал | 镜
lens | линз объектив | 镜头
watch clock | часы часово | 钟表
parachute | парашют | 降落伞
balloon airship | аэростат дирижабл | 气球
engine-design propulsion | тяг | 推进
torpedo | торпед | 鱼雷
submarine underwater | подводн | 潜艇 水下
mine-warfare | минн | 水雷
sniper rifle | снайпер винтов | 狙击
pistol | пистолет | 手枪
armour-plate plate | плит | 板
tape | лент | 带
bolt fastener fasteners | крепеж болт | 紧固件
gear gears reducer | редуктор передач шестерн | 齿轮
chain-hoist hoist elevator lift | лифт | 电梯
mold mould die | пресс-форм | 模具 模型
hardware-store metalware | метиз | 五金
sourcing | | 
solar photovoltaic | солнечн | 太阳能 光伏
wind | ветр ветроэнерг | 风电 风能
hydrogen | водород | 氢能 氢
lithium | лити | 锂
rare earth earths | редкоземел | 稀土
magnet magnetic | магнит | 磁
ultrasonic ultrasound | ультразвук | 超声
plasma | плазм | 等离子
nano nanotechnology | нано | 纳米
diagnostic diagnostics | диагностич | 诊断
clinic hospital | больниц клинич госпитал | 医院
pharmacy | аптек | 药房
virus virology | вирус | 病毒
vaccine | вакцин | 疫苗
gene genetic genetics genomics | генет ген | 基因
animal veterinary | ветеринар животн | 动物
plantation plant-growing seed seeds | семян семенн семеновод растени | 种子 种业
packaging packing | упаков | 包装
appliance appliances | | 家电 家用电器
advertising advertisement | реклам | 广告
jewelry jewellery | ювелир | 珠宝 首饰
commodity commodities daily | | 日用品 百货 日用百货
stone stones | камен | 石材 石业
craft crafts handicraft handicrafts gifts | | 工艺品 礼品
motorcycle motorcycles bicycle bicycles | мотоцикл велосипед | 摩托车 自行车
aquatic seafood | | 水产 海产
tea | чайн | 茶业 茶叶
filter filters filtration | фильтр | 过滤 滤清器 滤器
seal seals sealing | уплотнит | 密封 密封件
carbon graphite | углерод графит | 石墨 炭素 碳素 碳
silicon | кремни | 硅业 硅
magnesium | магниев | 镁业 镁
tungsten | вольфрам | 钨业 钨
molybdenum | молибден | 钼业
nickel | никел | 镍业
zinc | цинк | 锌业
insulation insulator insulators | изолятор изоляц | 绝缘
inverter inverters | инвертор | 变频 逆变器
display displays | дисплей | 显示 显示器
audio sound | аудио звуков | 音响 音频 电声
phone phones telephone mobile | мобильн телефон | 手机 电话 移动
iot things | | 物联网 物联
spectrum spectral spectroscopy spectrometer | спектр | 光谱
wagon wagons railcar locomotive locomotives | вагон локомотив | 机车
transit | | 轨道交通 轨道
excavator excavators | экскават | 挖掘机
pneumatic pneumatics | пневмат | 气动
cutting | режущ | 切割 切削
abrasive abrasives grinding | абразив шлифов | 磨具 磨料
declaration brokerage | | 报关
achievement achievements | достижен | 成果
exhibition exhibitions expo exposition | выставк выставоч | 会展 展览 博览
labour labor | трудов | 劳务
accounting audit | бухгалт аудит | 会计
asset assets | актив | 资产
securities | | 证券
futures | | 期货
feed | комбикорм кормов | 饲料
livestock husbandry | животновод | 畜牧 牧业
garden gardens landscape horticulture | садов ландшафт | 园林 园艺
cosmetic cosmetics | космет | 化妆品 日化
rope ropes | канат | 绳缆 绳网
park | | 园区 科技园 产业园
base | | 基地
station stations | станц | 电站 站
electroplating plating | гальван | 电镀 镀
bridge-crane hoisting | | 起重机
lock locks | замк | 锁业
knife scissors cutlery | | 刀剪
umbrella | | 伞业
glasses eyewear optician | очки | 眼镜
bag bags luggage leather | сумк кожев | 箱包 皮具
knitting knitwear | трикотаж | 针纺
carpet carpets | ковр | 地毯
fireworks pyrotechnic pyrotechnics | пиротехн фейерверк | 烟花
alloy alloys | сплав | 合金
sheet strip | | 板材 带材
profile profiles | профил | 型材
wheel-hub rim rims hub | | 轮毂
mold-press stamping | штампов | 冲压
thermostat thermometer temperature | термометр температур | 温度 温控
flow flowmeter | расход | 流量
weighing scale scales | весы весов | 衡器
electrolysis electrochemical | электрохим | 电化学
interconnect interconnection | | 互联
exchange-rate currency | валют | 外汇
payment payments | платеж | 支付
crypto blockchain | крипто блокчейн | 区块链
cyber cybersecurity | кибер | 网络安全 网安
identification recognition biometric biometrics | биометр распознав | 识别
simulation simulator simulators | симулят моделир тренаж | 仿真 模拟
positioning location | позицион | 定位
inertial gyroscope gyro | инерциал гироскоп | 惯性 陀螺
servo | серво | 伺服
stepper drive drives | привод | 驱动 传动
balance | баланс | 平衡
coatings | | 涂层 镀膜
vacuum-tube tube-electronic | | 电子管
ignition starter | зажиган | 点火
brake brakes braking | тормоз | 制动
chassis suspension shock absorber | подвеск амортиз | 底盘 减震
cabin seat seats | кресл | 座椅
forklift loader loaders | погрузчик | 叉车
trailer trailers | прицеп | 挂车 半挂车
bus buses | автобус | 客车
agricultural-machinery farm | | 农机 农场
cotton | хлопк хлопч | 棉业 棉
salt-chemical chlorine alkali | хлор щелоч | 氯碱
resin resins | смол | 树脂
paint-pigment dye dyes pigment | краси пигмент | 染料 颜料
adhesive adhesives glue | клей клеев | 胶粘 胶业
nitrogen oxygen | азот кислород | 氮 氧
`.trim();

/** Acronyms that stand for kinds of bodies: Cyrillic and Latin spellings, and the meanings they stand for (first word of a line above). */
export const ACRONYMS = `
нии nii ніі: research institute
нпо npo нво: research production association
нпп npp нвп: research production enterprise
нпк npk: research production corporation
нпф npf: research production company
нпц npc npts: research production center
нтц ntc ntts stc: research technology center
нти: research technology
окб okb: design bureau
кб kb: design bureau
скб skb: special design bureau
цкб tskb ckb: central design bureau
пкб pkb: design bureau
пкп: production design enterprise
цнии tsnii cnii: central research institute
вниi внии vnii: all-russian research institute
гнии gosnii госнии: state research institute
гнц gnc: state research center
нц: research center
нкб: research design bureau
бтрз btrz: tank repair plant
арз arz: aviation repair plant
рз rz: repair plant
срз srz: shiprepair plant
ссз ssz: ship plant
пз: powder plant
гпз gpz: bearing plant
мз mz: mechanical plant
эмз: electromechanical plant
по: production association
тд td: trading house
ук uk: control company
гк gk: group company
пмк pmc чвк chvk: private military company
мо: military ministry
ввс: airforce force
вмф vmf: shipping
мвд mvd: police ministry
рф rf: russia
днр dnr dpr: people republican
лнр lnr lpr: people republican
вкс: space force
вко vko: space defence
юао sao: regional
акб: bank
ик: prison
мнии: research institute
мкб: design bureau
рэб reb: electronic warfare
гос: state
供应链: supply chain
进出口: import export
贸促会: international trading promotion council
商贸 科贸 经贸: trading
工贸: industry trading
机床: machine tool
亚欧 欧亚: asia europe
高科技 高新技术: advanced technology
研究院: research academy
研究所: research institute
设计院: design academy
石化: chemical oil
航空航天: aviation space
机电: electromechanical
光机: optic mechanical
微电子: microelectronic
人工智能: intelligent
信息技术: information technology
集成电路: integrated circuit
新能源: new energy
新材料 新材: new material
无人机: unmanned
进口: import
出口: export
货运代理: freight agency
工信局: industry information bureau
商务局: trading bureau
公安局: security bureau
电子商务 电商: electronic trading
工程机械: building machine
汽车零部件 汽配: automobile component
仪器仪表: instrument measurement
医疗器械: medical instrument
五金制品: hardware-store production
电子元件 电子元器件: electronic component
机电设备: electromechanical equipment
科技贸易: technology trading
国际贸易 国贸: international trading
对外贸易: external trading
进出口贸易: import export trading
创业投资: investment
文化传播: culture media
船舶重工: ship heavy
核工业: reactor industry
兵器工业: weapon industry
军工: military industry
航发: aviation engine
粉末冶金: powder metal
石油化工: oil chemical
煤化工: coal chemical
自动化控制: automation control
科学技术: technology
应用技术: utilization technology
信息科技: information technology
网络科技: network technology
节能环保: energy environment
`.trim();
